"""Questions to PDFs."""
