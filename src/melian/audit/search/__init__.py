"""The search on plain clauses: minimal sets that clash, what mends them, and its bounds."""
