"""Other people's files, read into a case: one module a format."""
