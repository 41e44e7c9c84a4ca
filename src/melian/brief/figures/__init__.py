"""Figures of the brief: each a pure function from frozen data to a drawing with its words."""
