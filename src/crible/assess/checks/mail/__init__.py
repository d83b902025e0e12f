"""Checks of mails."""
