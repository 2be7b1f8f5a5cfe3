"""/config: what a manager sees, saves and steers."""
