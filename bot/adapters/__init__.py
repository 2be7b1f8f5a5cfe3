"""The faces: one room for each platform, which never meet."""
