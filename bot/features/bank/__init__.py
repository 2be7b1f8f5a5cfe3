"""A community's own bank: questions by form, by file, and as a whole."""
