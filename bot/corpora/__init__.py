"""Adapter: labelled corpora on the disk, and the sample world they are served from."""
