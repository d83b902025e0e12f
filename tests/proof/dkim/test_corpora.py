"""Real mail: fixtures of other verifiers, five years of a mailing list, Google's transit signatures."""

import csv
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crible.extract.mail.fields import split_header
from crible.model.signature import Scheme, Word
from crible.proof.dkim import examine, judge, verify
from crible.proof.dkim.canonical import canonical_body, relaxed_field
from crible.proof.keyring import KeyRing

pytestmark = pytest.mark.corpora

DKIMPY_DIFFERS = {
    "Amazon - Verify your new Amazon account.eml": "verdict taken before the key was at hand, and x= has passed",
    "CNN - Thanks for subscribing to 5 Things.eml": "verdict taken before the key was at hand",
    "CNN - Welcome to CNN Breaking News.eml": "verdict taken before the key was at hand",
    "Fastmail - How to keep your email private.eml": "verdict taken before the key was at hand, and x= has passed",
    "Fastmail - Welcome! Get set up in 3 steps..eml": "verdict taken before the key was at hand, and x= has passed",
    "good_83176.txt": "q=foo/bar:dns/txt:exam/ple offers DNS among others (RFC 6376 §3.5); dkimpy wants it alone",
    "good_qp_2.txt": "i= is quoted-printable: =2E is a dot (§2.11); dkimpy does not decode it",
    "good_qp_3.txt": "i= is quoted-printable: =40 is an at sign",
    "goodkey_2.txt": "the record's s= lists email among other services; dkimpy takes the list for one name",
    "ignore_7.txt": "x= has passed: signatures are judged at signing time",
}
NAMES_DIFFER = {
    "badkey_8.txt": "g= of the record (RFC 4871, gone from RFC 6376) does not admit the sender",
    "badkey_9.txt": "g= of the record",
    "badkey_12.txt": "g= of the record",
    "badkey_13.txt": "g= of the record",
    "badkey_10.txt": "t=s of the record forbids i= in a subdomain; nothing here rests on i=",
    "ignore_7.txt": "x= has passed: signatures are judged at signing time",
    **dict.fromkeys(
        [f"good_ietf00_{n}.txt" for n in range(1, 6)] + ["good_ietf01_1.txt", "good_ietf01_2.txt"],
        "drafts of 2005: no v=, and other canonical forms; malformed by RFC 6376, as for dkimpy",
    ),
}


@pytest.fixture(scope="module")
def fixtures(unpack: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack("dkim-fixtures", tmp_path_factory.mktemp("fixtures")) / "dkim"


@pytest.fixture(scope="module")
def ring(corpora: Path, fixtures: Path) -> KeyRing:
    ring = KeyRing.default().with_file(corpora / "dkim-keys-test.jsonl")
    return ring.with_file(fixtures / "perl-mail-dkim" / "t" / "FAKE_DNS.dat")


def read_fixture(path: Path) -> bytes:
    message = path.read_bytes()
    head, _, rest = message.partition(b"\n\n")
    return rest if b"._domainkey." in head.partition(b"\n")[0] else message


def test_verdicts_of_dkimpy_on_the_fixtures(fixtures, ring):
    with (fixtures / "fixtures-verified.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    by_file = defaultdict(list)
    for row in rows:
        by_file[row["file"]].append(row)
    compared = 0
    for name, expected in by_file.items():
        if not (fixtures / name).exists():
            continue
        results = [one for one in verify(read_fixture(fixtures / name), ring) if one.facts.scheme is Scheme.DKIM]
        assert len(results) == len(expected), name
        for row, result in zip(expected, results, strict=True):
            compared += 1
            agrees = (row["dkimpy"] == "True") == (result.word is Word.PASS)
            listed = any(name.endswith(end) for end in DKIMPY_DIFFERS) and result.word is Word.PASS
            assert agrees or listed, (name, row, result.word)
    assert compared > 160


def test_verdicts_in_the_file_names_of_mail_dkim(fixtures, ring):
    seen = set()
    for path in sorted((fixtures / "perl-mail-dkim" / "t" / "corpus").glob("*.txt")):
        kind = re.match(r"(good|bad|ignore)(?!.*_dk_)", path.name)
        if not kind:
            continue
        seen.add(path.name)
        passed = any(result.word is Word.PASS for result in verify(path.read_bytes(), ring))
        assert passed == (kind[1] == "good") or path.name in NAMES_DIFFER, path.name
    assert len(seen) > 50
    assert set(NAMES_DIFFER) <= seen


def test_bad_signatures_are_told_by_what_is_wrong(fixtures, ring):
    def words(name: str) -> list[str]:
        return [str(one.word) for one in verify((fixtures / name).read_bytes(), ring)]

    assert words("perl-mail-dkim/t/corpus/bad_1878954.txt") == ["body-altered"]
    assert words("perl-mail-dkim/t/corpus/badkey2_ed25519.txt") == ["undecided"]
    assert words("perl-mail-dkim/t/corpus/badkey5_ed25519.txt") == ["no-key"]
    assert words("perl-mail-dkim/t/corpus/multiple_2.txt") == ["malformed", "pass", "key-mismatch", "malformed"]
    assert words("lieser-dkim_verifier/test/data/rfc8463-A.3-key_algo_mismatch.eml") == ["no-key", "no-key"]


def test_transit_signatures_of_the_fixtures_verify(fixtures):
    names = ["arc-fail", "arc-fail2", "arc-fail3", "arc-pass", "arc-pass2", "zproov"]
    for name in names:
        results = verify((fixtures / f"mailauth/test/fixtures/{name}.eml").read_bytes())
        (transit,) = [result for result in results if result.facts.scheme is Scheme.TRANSIT]
        assert (transit.word, transit.facts.domain) == (Word.PASS, "1e100.net"), name


def mails(corpora: Path, year: int) -> Iterator[tuple[int, bytes]]:
    """Mails of a list archive in mboxrd form, by ordinal."""
    data = lzma.decompress((corpora / f"mail-linux-serial-{year}.mbox.xz").read_bytes())
    for ordinal, part in enumerate((b"\n" + data).split(b"\nFrom mboxrd@z ")[1:]):
        yield ordinal, re.sub(rb"(?m)^>(>*From )", rb"\1", part.partition(b"\n")[2])


@pytest.mark.slow
def test_five_years_of_linux_serial(corpora):
    """Every verdict whose key is in the ring; and transit signatures against gmail.com's own on the same mails."""
    verdicts = defaultdict(list)
    for line in (corpora / "dkim-verdicts-linux-serial.jsonl").read_text().splitlines():
        row = json.loads(line)
        verdicts[row["mbox"], row["n"]].append(row)
    names = {"pass": Word.PASS, "fail": Word.HEADERS_ALTERED, "body": Word.BODY_ALTERED}
    ring = KeyRing.default()
    compared, transit = Counter(), Counter()
    for year in range(2020, 2025):
        for ordinal, message in mails(corpora, year):
            rows = verdicts.get((f"linux-serial-{year}.mbox", ordinal), ())
            if not rows and (year != 2020 or b"\nX-Google-DKIM-Signature:" not in message):
                continue
            header = split_header(message)
            facts = examine(header, message[header.body_start :])
            results = [judge(one, ring.find(one.domain, one.selector)) for one in facts]
            for row in rows:
                result = results[row["sig"]]
                assert (result.facts.domain, result.facts.selector) == (row["d"], row["s"])
                if result.word is Word.NO_KEY:
                    assert (row["d"], row["s"]) == ("kernel.org", "k20201202")
                    continue
                assert result.word is names[row["v"]], (year, ordinal, row)
                compared[row["v"]] += 1
            own = {result.word for result in results if result.facts.domain == "gmail.com"}
            for result in results:
                if result.facts.scheme is Scheme.TRANSIT and result.facts.selector == "20161025":
                    transit[result.word] += 1
                    assert not own or own == {result.word}, (year, ordinal)
    assert compared == {"pass": 2826, "fail": 54, "body": 2}
    assert transit[Word.PASS] > 1400
    assert transit[Word.KEY_MISMATCH] == transit[Word.MALFORMED] == 0


def test_canonical_forms_of_real_mail_equal_dkimpy_s(corpora):
    from dkim import rfc822_parse
    from dkim.canonicalization import Relaxed, Simple

    compared = 0
    for ordinal, message in mails(corpora, 2020):
        if ordinal % 20:
            continue
        fields, body = rfc822_parse(message)
        header = split_header(message)
        stored = message[header.body_start :]
        assert canonical_body(stored, "simple") == Simple.canonicalize_body(body), ordinal
        assert canonical_body(stored, "relaxed") == Relaxed.canonicalize_body(body), ordinal
        ours = [relaxed_field(*field.raw.partition(b":")[::2]) for field in header.fields]
        assert ours == [name + b":" + value for name, value in Relaxed.canonicalize_headers(fields)], ordinal
        compared += 1
    assert compared > 150
