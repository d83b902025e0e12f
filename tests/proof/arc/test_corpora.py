"""The ARC test suite of the drafts, as two other verifiers carry it: 170 chains with their verdicts."""

import json
import tarfile

import pytest

from crible.assess.chain import Holds, chain
from crible.extract.mail.fields import split_header
from crible.model.facts import MailFacts
from crible.proof import arc
from crible.proof.dkim import examine, judge
from crible.proof.keyring import BadRecord, KeyRing, parse_record

pytestmark = pytest.mark.corpora

SUITE = "dkim/mailauth/test/fixtures/arc/arc-draft-validation-tests.json"
DIFFERS = {
    "ams_fields_c_na": "without c= RFC 8617 leaves DKIM's simple/simple in force; the drafts knew relaxed alone",
    "ams_fields_h_empty": "From is always signed (RFC 6376 §5.4)",
    "as_fields_b_512": "that a key is short is weighed later, with every other signature's",
}


@pytest.fixture(scope="module")
def suite(corpora):
    with tarfile.open(corpora / "dkim-fixtures.tar.xz") as archive:
        member = archive.extractfile(SUITE)
        assert member is not None
        return json.load(member)


def ring(records):
    keys = []
    for name, record in records.items():
        selector, _, domain = name.partition("._domainkey.")
        try:
            keys.append(parse_record(domain, selector, record))
        except BadRecord:
            continue
    return KeyRing(keys=keys)


def test_the_verdicts_of_the_suite(suite):
    seen, odd = 0, set()
    for part in suite:
        keys = ring(part["txt-records"])
        for name, case in part["tests"].items():
            message = case["message"].encode()
            header = split_header(message)
            found = arc.examine(header)
            facts = (*examine(header, message[header.body_start :]), *found.seals)
            results = [judge(each, keys.find(each.domain, each.selector)) for each in facts]
            holds = chain(results, MailFacts(arc=found.sets)).holds
            said = {Holds.NONE: "None", Holds.PASS: "Pass", Holds.SAID_FAILED: ""}.get(holds, "Fail")
            seen += 1
            if said != case["cv"]:
                odd.add(name)
    assert seen > 150
    assert odd == set(DIFFERS)
