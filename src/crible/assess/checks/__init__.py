"""TODO(assess/checks)."""
