"""What the pages ask of a case. A handful of statements each, whatever the size of the case."""
