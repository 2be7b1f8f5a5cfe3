"""What people can do: a file or small folder for each feature."""
