"""The cases somebody has a part in, each in a line, and how much of one waits for them."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from crible.model.errors import CaseError
from crible.review import deciding, finding
from crible.review.models import User
from crible.review.rights import Right, Role, may, role_of
from crible.web.queries.listing import Wanted
from crible.web.served import Served, all_served


@dataclass(frozen=True, slots=True)
class Mine:
    """A case as its line shows it. `documents` is None and `fault` says why where it cannot be opened."""

    served: Served
    role: Role
    documents: int | None
    sifted: float | None
    """When its facts were last written, in Unix seconds; None where they lie in no file of its own."""
    sifting: bool
    fault: CaseError | None


def cases_of(user: User | AnonymousUser) -> list[Mine]:
    """Theirs, in the order in which they are served."""
    parts = ((one, role_of(user, one.case.uuid)) for one in all_served())
    return [_line(one, role) for one, role in parts if role]


def waiting_for(user: User, role: Role, served: Served) -> int:
    """Documents they were asked to look at, and decisions of others that a second person is to agree to."""
    case = served.case.uuid
    seconds = deciding.waiting(case, user).count() if may(role, Right.DECIDE) else 0
    return finding.asked(case, user.name).count() + seconds


def _line(served: Served, role: Role) -> Mine:
    documents, fault = None, None
    try:
        served.check()
        documents = served.kept("documents", lambda: _documents(served))
    except CaseError as error:
        fault = error
    return Mine(served, role, documents, _sifted(served), served.sifting(), fault)


def _documents(served: Served) -> int:
    with served.case.facts():
        return Wanted().documents().count()


def _sifted(served: Served) -> float | None:
    try:
        return (served.case.folder / "db.sqlite3").stat().st_mtime
    except FileNotFoundError:
        return None
