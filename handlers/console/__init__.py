"""The console as a platform of its own: a chat in the terminal, or lines from a pipe."""
