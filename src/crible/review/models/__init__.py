"""The review's tables, by what they are about. Everything is by (case uuid, document SHA-256), never by facts' rows."""

from crible.review.models.access import Token
from crible.review.models.audit import Entry, Head, Stamp
from crible.review.models.factors import Factor, RecoveryCode, Requirement
from crible.review.models.marks import Assignment, Decision, Note, Opening, Seen, Star, State, Tag, Tagging
from crible.review.models.people import Attempt, Invitation, Membership, Reset, User, Visit
from crible.review.models.searches import CalendarDay, Look, SavedSearch, SearchRun, TermList

__all__ = [
    "Assignment",
    "Attempt",
    "CalendarDay",
    "Decision",
    "Entry",
    "Factor",
    "Head",
    "Invitation",
    "Look",
    "Membership",
    "Note",
    "Opening",
    "RecoveryCode",
    "Requirement",
    "Reset",
    "SavedSearch",
    "SearchRun",
    "Seen",
    "Stamp",
    "Star",
    "State",
    "Tag",
    "Tagging",
    "TermList",
    "Token",
    "User",
    "Visit",
]
