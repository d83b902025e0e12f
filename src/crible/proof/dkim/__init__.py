"""TODO(proof/dkim)."""
