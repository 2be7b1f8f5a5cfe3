"""Practice: private questions that touch neither streak nor points, and what is kept for review."""
