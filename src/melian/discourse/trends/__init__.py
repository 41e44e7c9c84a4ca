"""Over time: how much is said of what, when it bursts, when it changes, and what rises or falls."""
