"""The terminal face: no account, no token; a newcomer tries it first, and tests drive it."""
