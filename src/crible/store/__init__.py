"""The case on disk: facts as Django models, blobs, ledger."""
