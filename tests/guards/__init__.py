"""Promises whose code is broken on purpose, to see that a test notices: ``make guards``."""
