"""Features, the things people can do: a file or small folder for each."""
