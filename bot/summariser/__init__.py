"""Pure decisions on nouns: what belongs, what it says, what is the same, what moved. No network, disk or clock."""
