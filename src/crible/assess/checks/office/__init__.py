"""Checks of Office files: their properties, the programs and sessions that made them, formulas and values."""
