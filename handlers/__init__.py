"""The platforms: each folder listens and speaks on one of them. They know the Desk and the nouns, never each other."""
