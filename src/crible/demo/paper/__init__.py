"""Minimal writers of the papers that hang on the demo's mails, so that no document library is needed to run it."""
