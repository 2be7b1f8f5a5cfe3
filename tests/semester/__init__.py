"""A semester of one community, lived on more than one platform."""
