"""TODO(proof/keyring)."""
