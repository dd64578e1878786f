"""The nouns: frozen, validated, without I/O. They know nothing of the floors above."""
