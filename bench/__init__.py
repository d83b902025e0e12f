"""Timed comparisons with named peers: figures, never tests. Each prints ratios, since machines differ."""
