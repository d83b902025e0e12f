"""Full-text search over a case; a cache, rebuilt at will."""
