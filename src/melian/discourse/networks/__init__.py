"""Networks of statements: of actors among themselves, or of actors and concepts."""
