"""Examination `c2pa`: content credentials (C2PA 2.x), verified by the standard's own library, without a network.

No manifest kept elsewhere is fetched, no revocation asked for, no trust list loaded: a sound signature is `untrusted`
until somebody says whom to trust. Whether the *content* is as signed is settled first. Identity assertions are looked
at in a second pass, because the library asks the network for `did:web` names and aborts where there is none: files
that hold one are spared that pass.
"""

import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import c2pa
from PIL import Image

from crible.extract.credentials import holds
from crible.extract.guard import detail
from crible.model.errors import Unreadable
from crible.model.examined import Credentials
from crible.sandbox.window import Window
from crible.sift.examiners import answering
from crible.sift.wire import Look

REPORT_CAP = 32 << 20
"""Bytes of the library's report."""
_OFFLINE = {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True}
_UNTRUSTED = "signingCredential.untrusted"
_EXPIRED = "signingCredential.expired"
_ASKS_NETWORK = b"did:web"
_IDENTITY = "cawg."
_BY_TODAYS_CLOCK = frozenset({"cawg.ica.valid_until.invalid", "cawg.ica.valid_from.invalid"})
"""Left out like _EXPIRED: what is found must not depend on the day it is looked for."""

_contexts: dict[tuple[int, bool], c2pa.Context] = {}
_known: frozenset[str] = frozenset()


def prepare() -> None:
    """Make both sets of options, and let the library look at a picture without credentials."""
    global _known
    for named in (False, True):
        _context(named=named)
    _known = frozenset(c2pa.Reader.get_supported_mime_types())
    sample = io.BytesIO()
    Image.new("RGB", (16, 16)).save(sample, "JPEG")
    if c2pa.Reader.try_create("image/jpeg", sample, context=_context(named=True)) is not None:
        raise RuntimeError("credentials where there are none")


def _context(*, named: bool) -> c2pa.Context:
    """A set of options, made by each process for itself: the library refuses those of the one it was forked from."""
    mine = os.getpid(), named
    if mine not in _contexts:
        core: dict[str, object] = {"decode_identity_assertions": named, "allowed_network_hosts": []}
        _contexts[mine] = c2pa.Context.from_dict({"verify": _OFFLINE, "core": core})
    return _contexts[mine]


def examine(window: Window, look: Look) -> tuple[Credentials, str]:
    """The credentials of a file; `unreadable` where the library cannot make sense of them."""
    try:
        report = _report(window, look.mime, named=False)
    except c2pa.C2paError:
        return Credentials("unreadable"), ""
    found = _credentials(report)
    if not holds(window, _ASKS_NETWORK):
        found = _with_identity(found, window, look.mime)
    return found, ""


def _report(window: Window, mime: str, *, named: bool) -> dict[str, Any]:
    kind = mime if mime in _known else None
    with window.stream() as stream, c2pa.Reader(kind, stream, context=_context(named=named)) as reader:
        text = reader.json()
    if len(text) > REPORT_CAP:
        raise Unreadable("budget", which="c2pa", limit=REPORT_CAP)
    try:
        report = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("corrupt", reader="c2pa", detail=detail(error)) from error
    return report if isinstance(report, dict) else {}


def _credentials(report: dict[str, Any]) -> Credentials:
    manifest = _dict(_dict(report.get("manifests")).get(str(report.get("active_manifest"))))
    signed = _dict(manifest.get("signature_info"))
    seconds = _seconds(signed.get("time"))
    faults = set(_failures(_dict(report.get("validation_results")).get("activeManifest")))
    if seconds is None:  # without a time stamp the library asks today's clock, and would answer otherwise next year
        faults.discard(_EXPIRED)
    actions, source = _actions(manifest)
    return Credentials(
        word=_word(faults, str(report.get("validation_state"))),
        signer=_text(signed.get("common_name")),
        issuer=_text(signed.get("issuer")),
        seconds=seconds,
        generator=_generator(manifest),
        faults=tuple(sorted(faults)),
        ingredients=tuple(sorted(set(_of_ingredients(report, manifest)))),
        actions=actions,
        source=source,
    )


def _word(faults: set[str], state: str) -> str:
    if faults - {_UNTRUSTED}:
        return "invalid"
    return "valid" if state == "Trusted" and not faults else "untrusted"


def _with_identity(found: Credentials, window: Window, mime: str) -> Credentials:
    try:
        report = _report(window, mime, named=True)
    except c2pa.C2paError as error:
        codes = {_IDENTITY + type(error).__name__.strip("_").removeprefix("C2pa").lower()}
    else:
        active = _dict(report.get("validation_results")).get("activeManifest")
        codes = set(_failures(active)) - {*found.faults, _UNTRUSTED, _EXPIRED} - _BY_TODAYS_CLOCK
    return replace(found, identity=tuple(sorted(codes)))


def _of_ingredients(report: dict[str, Any], manifest: dict[str, Any]) -> Iterator[str]:
    """Faults that were recorded when a source was taken in, and those that are new."""
    for delta in _list(_dict(report.get("validation_results")).get("ingredientDeltas")):
        yield from _failures(_dict(delta).get("validationDeltas"))
    for ingredient in _list(manifest.get("ingredients")):
        yield from _failures(_dict(_dict(ingredient).get("validation_results")).get("activeManifest"))
        for status in _list(_dict(ingredient).get("validation_status")):
            yield from _code(status)


def _failures(results: object) -> Iterator[str]:
    for status in _list(_dict(results).get("failure")):
        yield from _code(status)


def _code(status: object) -> Iterator[str]:
    code = _text(_dict(status).get("code"))
    if code:
        yield code


def _generator(manifest: dict[str, Any]) -> str:
    for info in _list(manifest.get("claim_generator_info")):
        said = _dict(info)
        return f"{_text(said.get('name'))} {_text(said.get('version'))}".strip()
    return _text(manifest.get("claim_generator"))


def _actions(manifest: dict[str, Any]) -> tuple[tuple[str, ...], str]:
    actions, source = [], ""
    for assertion in _list(manifest.get("assertions")):
        if _text(_dict(assertion).get("label")).startswith("c2pa.actions"):
            for action in _list(_dict(_dict(assertion).get("data")).get("actions")):
                actions.append(_text(_dict(action).get("action")))
                source = source or _text(_dict(action).get("digitalSourceType")).rpartition("/")[2]
    return tuple(filter(None, actions))[:50], source


def _seconds(raw: object) -> int | None:
    try:
        return int(datetime.fromisoformat(str(raw)).timestamp())
    except (ValueError, OverflowError):
        return None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:1000] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.encode("utf-8", "replace").decode()[:200] if isinstance(value, str) else ""


handle = answering(examine)
