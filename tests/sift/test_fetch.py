"""Keys asked of DNS: of a resolver on this machine, which answers as real ones do."""

import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from key_holder import Holder
from leak_maker import mbox

from crible.model.errors import InputError
from crible.sift import found, keys
from crible.sift.fetch import answers, keep, wanted_names
from crible.store.case import Case

LOST = Holder("valette.example")
NAME = "s1._domainkey.valette.example"
DAY = date(2026, 3, 14)


class Resolver:
    """Answers TXT queries over UDP from a table; names absent from it do not exist."""

    def __init__(self) -> None:
        self.records: dict[str, list[str]] = {}
        self.refused: set[str] = set()
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                data, client = self._socket.recvfrom(4096)
            except OSError:
                return
            self._socket.sendto(self._answer(dns.message.from_wire(data)).to_wire(), client)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        name = query.question[0].name
        text = name.to_text(omit_final_dot=True)
        self.asked.append(text)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if text in self.refused:
            answer.set_rcode(dns.rcode.REFUSED)
        elif text not in self.records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            # Strings of at most 255 bytes, as a zone has them (RFC 6376 §3.6.2.2).
            texts = [
                " ".join(f'"{one[at : at + 200]}"' for at in range(0, len(one), 200)) for one in self.records[text]
            ]
            answer.answer.append(dns.rrset.from_text(name, 300, "IN", "TXT", *texts))
        return answer

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def resolver() -> Iterator[Resolver]:
    made = Resolver()
    made.records[NAME] = [f"v=DKIM1; k=rsa; p={LOST.public}"]
    yield made
    made.close()


@pytest.fixture
def case(tmp_path: Path, sifted) -> Case:
    mbox(tmp_path / "a.mbox", LOST.mails(2))
    return sifted(tmp_path / "case", tmp_path / "a.mbox")


def test_a_key_that_stands_in_dns_is_kept_with_the_day(case: Case, resolver: Resolver) -> None:
    (answer,) = answers([NAME], resolver.address)
    (kept,) = keep(case, answer, DAY)
    assert (kept.modulus, kept.sources) == (LOST.modulus, ("dns:2026-03-14",))
    (key,) = keys.ring(case).find("valette.example", "s1")
    assert (key.anchored, key.recovered, key.first_seen, key.last_seen) == (True, False, "2026-03-14", "2026-03-14")


def test_a_key_seen_again_is_seen_from_the_first_day_to_the_last(case: Case, resolver: Resolver) -> None:
    for day in (DAY, date(2026, 1, 2)):
        keep(case, next(answers([NAME], resolver.address)), day)
    (key,) = keys.ring(case).find("valette.example", "s1")
    assert (key.first_seen, key.last_seen) == ("2026-01-02", "2026-03-14")
    assert key.sources == ("dns:2026-01-02", "dns:2026-03-14")


def test_a_recovered_key_that_dns_confirms_is_anchored_and_no_longer_called_recovered(
    case: Case, resolver: Resolver
) -> None:
    (answer,) = answers([NAME], resolver.address)
    from dataclasses import replace

    recovered = replace(answer.keys[0], anchored=False, recovered=True)
    found.keep(case, "recovered-0.jsonl", [found.row(recovered)])
    keep(case, answer, DAY)
    (key,) = keys.ring(case).find("valette.example", "s1")
    assert (key.anchored, key.recovered, key.sources) == (True, False, ("dns:2026-03-14",))


@pytest.mark.parametrize(
    ("records", "problem", "count"),
    [
        (None, "absent", 0),
        (["v=spf1 -all"], "unusable", 0),
        (["v=DKIM1; k=rsa; p="], "unusable", 0),
        ([f"v=DKIM1; p={LOST.public}", f"p={Holder('x.example', seed=9).public}"], "", 2),
        (["v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "", 1),
    ],
    ids=["no such name", "not a key", "revoked", "two keys", "Ed25519"],
)
def test_what_dns_may_say(case: Case, resolver: Resolver, records: list[str] | None, problem: str, count: int) -> None:
    resolver.records = {NAME: records} if records else {}
    (answer,) = answers([NAME], resolver.address)
    assert answer.problem == problem
    assert len(keep(case, answer, DAY)) == count
    assert len(keys.ring(case).find("valette.example", "s1")) == count


def test_a_resolver_that_refuses_and_one_that_is_not_there(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver.refused.add(NAME)
    assert next(answers([NAME], resolver.address)).problem == "refused"
    monkeypatch.setattr("crible.sift.fetch.SECONDS", 0.3)
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(("127.0.0.1", 0))
    assert next(answers([NAME], f"127.0.0.1:{silent.getsockname()[1]}")).problem == "silent"
    silent.close()


@pytest.mark.parametrize("name", ["valette.example", "_domainkey.valette.example", "s1._domainkey.", ""])
def test_a_name_that_is_none_of_a_key_is_not_asked_for(resolver: Resolver, name: str) -> None:
    with pytest.raises(InputError, match="fetch-name"):
        list(answers([NAME, name], resolver.address))
    assert resolver.asked == [], "nothing is asked before everything is understood"


@pytest.mark.parametrize("address", ["resolver.example", "192.0.2.1:dns", "300.1.1.1"])
def test_a_resolver_is_named_by_its_address(address: str) -> None:
    """A name would have to be looked up itself, by the system's resolver."""
    with pytest.raises(InputError, match="fetch-resolver"):
        list(answers([NAME], address))


def test_without_names_those_of_the_plan(case: Case, resolver: Resolver) -> None:
    assert wanted_names(case, 5) == (NAME,)
    assert resolver.asked == []
