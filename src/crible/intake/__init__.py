"""One file per container: each finds its members byte-exactly and says so as a stream of entries (model.entry)."""
