"""Coded statements as columns, where they come from, and which of them count."""
