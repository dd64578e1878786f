"""Nouns → replies. Knows words and dates, but neither stores nor platforms."""
