"""Makes people with a session each in a desk's database: prints the case's slug, their cookies, ids of documents."""

import random
import sys
from pathlib import Path

from crible.store.case import Case
from crible.web.server import desk_folder, furnish


def main() -> None:
    """CASE and how many people."""
    case, people = Case.open(Path(sys.argv[1])), int(sys.argv[2])
    furnish(desk_folder())
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command

    from crible.review import sessions
    from crible.review.models import Membership, User
    from crible.review.rights import Role
    from crible.store.models import Document
    from crible.web.sessions import SessionStore

    call_command("migrate", database="default", verbosity=0, interactive=False)
    cookies = []
    for number in range(people):
        user = User.objects.create(name=f"reporter-{number}")
        Membership.objects.create(user=user, case=case.uuid, role=Role.REVIEWER)
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session.create()
        sessions.begin(user, str(session.session_key), address="127.0.0.1", agent="bench")
        cookies.append(str(session.session_key))
    with case.facts():
        keys = list(Document.objects.filter(state="read", weighing__private=False).values_list("sha256", flat=True))
    ids = [bytes(one).hex() for one in random.Random(7).sample(keys, min(len(keys), 400))]  # noqa: S311
    sys.stdout.write("\n".join([case.uuid[:8], " ".join(cookies), " ".join(ids)]) + "\n")


if __name__ == "__main__":
    main()
