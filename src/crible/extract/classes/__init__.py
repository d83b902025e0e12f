"""What sort of paper a document is, by words and traits that anybody can read in `tables` and that are shown."""
