"""TODO(assess/checks/corpus)."""
