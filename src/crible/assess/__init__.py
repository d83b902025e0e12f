"""Questions put to documents, and the answers folded into a grade. Pure: no I/O, no clock, no network."""
