"""Versions of the facts tables."""
