"""The built-in cases: folders that a command takes by name."""
