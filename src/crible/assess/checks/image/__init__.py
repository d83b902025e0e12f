"""Checks of pictures, by themselves and inside documents."""
