"""PDF: signatures, earlier revisions, and what looks otherwise since a signature."""
