"""The graph model of a conflict: states, moves, and who is stable where."""
