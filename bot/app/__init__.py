"""The composition root: here, and only here, the rooms are put together."""
