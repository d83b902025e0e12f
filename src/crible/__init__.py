"""crible: sift a leaked dump, and say of each document what can be vouched for."""

__version__ = "0.1.0"
