"""The case on disk: facts as Django models, blobs, lock. Facts are written by one coordinator only."""
