"""Checks that need the whole corpus: versions, numbers, references."""
