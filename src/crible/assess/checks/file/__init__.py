"""Checks of files that are not mails."""
