"""Do the content credentials of a file still fit it, and who signed them?"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.examined import Credentials
from crible.model.facts import Reading

CHANGED = frozenset(
    {
        "assertion.dataHash.mismatch",
        "assertion.bmffHash.mismatch",
        "assertion.boxesHash.mismatch",
        "assertion.collectionHash.mismatch",
        "assertion.hashedURI.mismatch",
        "claimSignature.mismatch",
    }
)
"""Bytes differ from those that were signed (C2PA 2.1 §15.2.2); other faults are of form."""
UNTRUSTED = frozenset({"signingCredential.untrusted", "cawg.x509.credential.untrusted"})
"""On no list, because none is loaded: no fault."""
_MODEL = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Sound ones support, as strongly as their signer is known; changed bytes question. None at all means nothing."""
    found = relations.examined.credentials
    if found is not None:
        yield from _content(found, reading.mime)
        yield from _notes(found)
    image = reading.file.image if reading.file else None
    if image is not None and image.credentials and found is None:
        params: Params = {"domain": excerpt(_host(image.credentials))}
        yield _note("credentials-elsewhere", params)


def _content(found: Credentials, mime: str) -> Iterator[Evidence]:
    faults = sorted(set(found.faults) - UNTRUSTED)
    params: Params = {
        "name": excerpt(found.signer) or "?",
        "by": excerpt(found.issuer) or "?",
        "when": moment(found.seconds),
        "source": excerpt(found.generator) or "?",
    }
    if found.word == "valid":
        yield Evidence(Says.SUPPORTS, "credentials-valid", params)
    elif found.word == "untrusted":
        yield Evidence(Says.SUPPORTS, "credentials-untrusted", params, strength=Strength.WEAK)
    elif found.word == "unreadable":
        yield _note("credentials-unreadable", {"type": mime})
    elif CHANGED & set(faults):
        yield Evidence(Says.QUESTIONS, "credentials-changed", params | {"kinds": faults}, strength=Strength.MODERATE)
    else:
        yield Evidence(Says.QUESTIONS, "credentials-faulty", params | {"kinds": faults}, strength=Strength.WEAK)


def _notes(found: Credentials) -> Iterator[Evidence]:
    if sources := sorted(set(found.ingredients) - UNTRUSTED):
        yield _note("credentials-ingredient", {"kinds": list(sources)})
    if named := sorted(set(found.identity) - UNTRUSTED):
        yield _note("credentials-identity", {"kinds": list(named)})
    if found.source in _MODEL:
        yield _note("credentials-model", {"type": found.source})


def _note(message: str, params: Params) -> Evidence:
    return Evidence(Says.UNTESTABLE, message, params, "C2PA", strength=Strength.NONE)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "?"
    except ValueError:
        return "?"


CHECK = Check(
    id="image.credentials",
    version=1,
    question="Do the content credentials of the file still fit it, and who signed them?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="C2PA Technical Specification 2.1 §15; CAWG Identity Assertion 1.1",
    messages=(
        "credentials-valid",
        "credentials-untrusted",
        "credentials-changed",
        "credentials-faulty",
        "credentials-unreadable",
        "credentials-ingredient",
        "credentials-identity",
        "credentials-model",
        "credentials-elsewhere",
    ),
    innocent=("innocent-box-kept", "innocent-own-certificate"),
    needs=frozenset({"examined"}),
    look_around=look_around,
)
