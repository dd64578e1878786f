"""Use cases over ports: look, decide, do. They know neither platforms nor adapters."""
