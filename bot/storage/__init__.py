"""Keeps what the core asks to be kept, in SQLite or PostgreSQL."""
