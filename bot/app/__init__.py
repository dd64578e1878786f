"""The composition root: builds everything, owns lifetimes, and is the only place that knows everybody's name. Decides nothing itself."""
