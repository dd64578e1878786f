"""Pure functions on strings. They know no nouns beyond text."""
