"""planwatch thinks here: the whole platform-neutral machine."""
