"""Sweeps over dense arrays: one number or bit per state, and a move is a change of bits."""
