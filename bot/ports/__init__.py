"""The doors of the core: what it asks of storage, content, platforms and the clock, as protocols."""
