"""The brief: what the engines found, gathered, put into cited sentences, and printed."""
