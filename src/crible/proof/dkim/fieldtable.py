"""The header fields of a mail, ready to be hashed under one signature after another (RFC 6376 §3.7, §5.4.2)."""

from collections.abc import Iterator, Sequence

from crible.extract.mail.fields import Field, Header
from crible.proof.dkim.canonical import How, digest, relaxed_field, simple_field
from crible.proof.tags import Malformed, without_signature

SIGNED_NAMES = {"x-google-dkim-signature": b"DKIM-Signature"}
"""Google hashes its transit signature under this name; under its own name none of its mails verifies. An
ARC-Message-Signature or ARC-Seal is hashed under its own (RFC 8617 §4.1.2, §4.1.3)."""

_ALLOWANCE = 64 << 20
"""Header bytes hashed for one mail over all its signatures: 50 signatures over a header of more than a mebibyte."""


class FieldTable:
    """Fields by name; relaxed forms are made once and shared by all signatures of the mail."""

    def __init__(self, header: Header) -> None:
        self._by_name = header.named
        self._relaxed: dict[int, bytes] = {}
        self._left = _ALLOWANCE

    def named(self, name: str) -> Sequence[Field]:
        """Fields of that lower-case name, top first."""
        return self._by_name.get(name, ())

    def digest(self, own: Field, signed: Sequence[str], how: How, hash_name: str) -> bytes:
        """The header digest of the signature whose field is `own`.

        `own` may stand in another mail than the one hashed. Raises Malformed once the mail's allowance is spent.
        """
        picked = list(self._picked(signed))
        self._left -= len(own.raw) + sum([len(field.raw) for field in picked])
        if self._left < 0:
            raise Malformed("dkim-malformed-too-long")
        forms = [self._form(field, how) for field in picked]
        forms.append(own_form(own, how))
        return digest(hash_name, b"".join(forms)).digest()

    def _picked(self, signed: Sequence[str]) -> Iterator[Field]:
        """The n-th mention of a name takes the n-th field from the bottom; beyond the last it is the empty string."""
        taken: dict[str, int] = {}
        for name in signed:
            fields = self._by_name.get(name)
            if fields is None:
                continue
            nth = taken.get(name, 0) + 1
            if nth <= len(fields):
                taken[name] = nth
                yield fields[-nth]

    def _form(self, field: Field, how: How) -> bytes:
        if how == "simple":
            return simple_field(field.raw)
        form = self._relaxed.get(field.start)
        if form is None:
            name, _, value = field.raw.partition(b":")
            form = self._relaxed[field.start] = relaxed_field(name, value)
        return form


def own_form(own: Field, how: How) -> bytes:
    """The signature's own field as it entered its hash: b= emptied, no line end (§3.7)."""
    name, _, value = own.raw.partition(b":")
    name = SIGNED_NAMES.get(own.name, name)
    value = without_signature(value)
    form = relaxed_field(name, value) if how == "relaxed" else simple_field(name + b":" + value)
    return form.removesuffix(b"\r\n")
