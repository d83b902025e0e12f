"""What the invented people wrote to one another: scripts (`*.txt`), and the series that repeat."""
