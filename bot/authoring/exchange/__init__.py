"""Questions from other programs and for them: one file a format, and what becomes of a file that comes in."""
