"""Every byte of an mbox is a mail's, framing or remainder; a byte that nobody accounts for unbalances the ledger."""

from pathlib import Path

from crible.sift.ledger import account
from crible.store.case import Case
from crible.store.models import Document
from crible.store.setup import ready


def test_a_lost_byte_is_named(crible, leak: Path, tmp_path: Path, django_db_blocker) -> None:
    crible("sift", leak, "--case", tmp_path / "case")
    ready()
    with django_db_blocker.unblock(), Case.open(tmp_path / "case").facts(write=True):
        assert account().gaps == ()
        box = Document.objects.get(path="leak/nguyen.mbox")
        Document.objects.filter(pk=box.pk).update(framing=box.framing - 1)
        found = account()
    assert [(gap.path, gap.size - gap.covered) for gap in found.gaps] == [("leak/nguyen.mbox", 1)]
    assert not found.balanced
