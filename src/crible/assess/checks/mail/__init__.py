"""TODO(assess/checks/mail)."""
