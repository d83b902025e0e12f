"""Template tags and filters, loaded in every template."""
