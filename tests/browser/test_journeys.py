"""The journeys that a newsroom makes, in a real browser: what must hold of the desk, line by line."""

import re
import sqlite3
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browser_visit import Visit, arrive, serving
from desk_pages import addresses
from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, Browser, Locator, Page, expect

from crible.review.rights import Right

pytestmark = pytest.mark.browser
SIFT = """
import sys
from pathlib import Path
from crible.store.setup import ready
ready()
sys.path.insert(0, sys.argv[1])
from designed_cases import make_trap_case
make_trap_case(Path(sys.argv[2]))
"""
PASSWORD = "quatre mots bien rangés"
STATE = "[document.title, location.href, JSON.stringify([localStorage, sessionStorage]), document.cookie]"
SELECT = """() => {
  const walker = document.createTreeWalker(document.querySelector(".sheet .text"), NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node.textContent.trim().length < 12) node = walker.nextNode();
  const at = node.textContent.search(/\\S/);
  getSelection().setBaseAndExtent(node, at, node, at + 10);
}"""
POST = """async ([address, fields]) => {
  const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1]
    || document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({csrfmiddlewaretoken: token, ...fields});
  return (await fetch(address, {method: "POST", body, redirect: "manual"})).status;
}"""


@pytest.fixture(scope="module")
def trap_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of another team, with one hostile mail."""
    folder = tmp_path_factory.mktemp("trap")
    helper = Path(__file__).parents[1] / "web"
    subprocess.run([sys.executable, "-c", SIFT, str(helper), str(folder)], check=True, timeout=120)
    return folder / "case"


@pytest.fixture(scope="module")
def owner(
    browser: Browser, demo_case: Path, trap_case: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    """The owner of one desk for all of these journeys: cases are two, and opened in this order."""
    with serving(tmp_path_factory.mktemp("journeys"), demo_case, trap_case) as link:
        visiting = arrive(browser, link)
        visiting.page.goto(link)
        yield visiting
        for context in browser.contexts:
            context.close()


@pytest.fixture
def page(owner: Visit) -> Iterator[Page]:
    """The owner's window, at the overview of the demo; nothing is asked of others, and nothing complained of."""
    owner.page.goto(owner.base)
    owner.page.get_by_role("link", name="Horizon", exact=True).first.click()
    yield owner.page
    assert owner.strayed == []
    assert owner.console == []
    owner.console.clear()


def invited(owner: Visit, browser: Browser, name: str, role: str) -> Page:
    """Somebody whom the owner invites to the demo; they make an account and come in."""
    owner.page.goto(case_of(owner) + "team/")
    owner.page.get_by_label("Invite somebody as").select_option(role)
    owner.page.get_by_role("button", name="Make a link").click()
    visiting = arrive(browser, owner.page.get_by_label("The link").input_value())
    window = visiting.page
    window.goto(visiting.link)
    window.get_by_label("Log-in name").fill(name)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Make my account and come in").click()
    window.wait_for_url(case_of(owner))
    return window


def case_of(owner: Visit, title: str = "Horizon") -> str:
    """The address of a case, from the list of them."""
    listed = owner.page.context.request.get(owner.base).text()
    slug = re.search(rf'href="/(\w+)/"[^>]*>\s*{title}', listed)
    assert slug
    return f"{owner.base}{slug[1]}/"


def slug(owner: Visit) -> str:
    """What addresses of the demo begin with."""
    return case_of(owner).removeprefix(owner.base).strip("/")


def search(page: Page, query: str) -> None:
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_the_altered_invoice_is_found_from_the_overview_in_four_clicks(page: Page) -> None:
    clicks = 0

    def click(where: Locator) -> None:
        nonlocal clicks
        where.click()
        clicks += 1

    first = page.locator(".first > li", has_text="12 255,00")
    expect(first).to_contain_text("imprimerie-lacombe.example")
    click(first.get_by_role("link").first)
    expect(page.locator("h1")).to_contain_text("facture")
    expect(page.locator("main")).to_contain_text("A detail needs explaining")
    click(page.get_by_role("complementary", name="Evidence").get_by_role("link", name="side by side").first)
    expect(page.locator(".bands del", has_text="12 255,00").first).to_be_visible()
    expect(page.locator(".bands ins", has_text=re.compile(r"^\D*2 255,00")).first).to_be_visible()
    click(page.locator(".pair").get_by_role("link", name="facture-2017-0139.pdf").first)
    expect(page.locator("main")).to_contain_text("Unchanged in part")
    assert clicks <= 4


def test_search_brush_open_read_the_evidence_tag_by_key_next_and_undo(page: Page) -> None:
    search(page, "budget")
    chart = page.locator("svg[data-brush]").bounding_box()
    assert chart
    width, middle = chart["width"] / page.locator("svg[data-brush] a").count(), chart["y"] + chart["height"] / 2
    page.mouse.move(chart["x"] + 1.5 * width, middle)
    page.mouse.down()
    page.mouse.move(chart["x"] + 2.5 * width, middle, steps=5)
    page.mouse.up()
    page.wait_for_url("**&in=date%3A2017-02..2017-03")
    page.locator(".hits .title").first.click()
    page.wait_for_load_state()
    evidence = page.get_by_role("complementary", name="Evidence")
    expect(evidence).to_contain_text("Truth")
    expect(evidence).to_contain_text("Not examined.")
    first = page.url
    page.keyboard.press("t")
    page.keyboard.type("Salle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Tags")).to_contain_text("Salle")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_url(lambda url: "/document/" in url and url != first)
    page.wait_for_load_state()
    page.keyboard.press("z")
    expect(page.locator("#review-told")).to_contain_text("Undone")
    page.locator("h1").click()
    page.keyboard.press("k")
    page.wait_for_url(first)
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("list", name="Tags")).to_have_count(0)


def test_two_copies_side_by_side(page: Page) -> None:
    search(page, "grade:contradicted acompte")
    page.get_by_role("link", name="Acompte").first.click()
    page.get_by_role("complementary", name="Evidence").get_by_role("link", name="side by side").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    expect(page.locator(".bands del").first).to_contain_text("14 800")
    expect(page.locator(".bands ins").first).to_have_text(re.compile(r"^\s*4 800"))
    expect(page.locator(".pair")).to_contain_text("Its own signature")


def test_review_by_two_people_and_a_third_who_began(owner: Visit, page: Page, browser: Browser) -> None:
    ines, odile, marc = (
        invited(owner, browser, name, role)
        for name, role in (("ines", "reviewer"), ("odile", "editor"), ("marc", "editor"))
    )
    search(ines, "grade:contradicted acompte")
    ines.get_by_role("link", name="Acompte").first.click()
    ines.wait_for_load_state()
    ines.keyboard.press("v")
    expect(ines.get_by_role("button", name="to verify")).to_have_attribute("aria-pressed", "true")
    ines.evaluate(SELECT)
    ines.keyboard.press("n")
    ines.keyboard.type("Qui le dit ?")
    ines.get_by_role("button", name="Keep the note").click()
    expect(ines.get_by_role("region", name="Notes")).to_contain_text("Qui le dit ?")
    expect(ines.get_by_text("Decision:")).to_have_count(0)

    from_queue(odile, "to verify")
    expect(odile.get_by_role("region", name="Notes")).to_contain_text("Qui le dit ?")
    odile.locator("#decide-act > summary").click()
    odile.get_by_role("radio", name="withhold").check()
    odile.get_by_label("Reason", exact=True).fill("La copie signée dit autre chose.")
    odile.get_by_label("It counts only once a second person agrees").check()
    odile.get_by_role("button", name="Decide").click()
    expect(odile.locator("#decide-act > summary")).to_contain_text("waits for a second person")

    from_queue(marc, "A second person is asked")
    marc.get_by_label("Do you agree, and why?").fill("Comparé aux deux copies.")
    marc.get_by_role("button", name="I agree").click()
    expect(marc.locator("#decide-act")).to_contain_text("Comparé aux deux copies.")
    for window in (odile, ines):
        window.reload()
        expect(window.locator("#decide-act > summary")).to_contain_text("withhold")
        expect(window.locator("#decide-act > summary")).not_to_contain_text("waits")

    page.goto(case_of(owner) + "log/")
    log = page.locator("table.log")
    for name, act in (
        ("ines", "to verify"),
        ("odile", "La copie signée dit autre chose."),
        ("marc", "Comparé aux deux"),
    ):
        expect(log.get_by_role("row").filter(has_text=name).filter(has_text=act)).to_have_count(1)


def from_queue(page: Page, name: str) -> None:
    """Open the first document of a queue."""
    page.get_by_role("link", name="Queue").first.click()
    page.get_by_role("complementary", name="Queues").get_by_role("link", name=re.compile(name)).click()
    page.get_by_role("link", name="Begin with the first").click()


def test_a_hostile_mail_makes_no_request_and_changes_nothing(owner: Visit, page: Page) -> None:
    case = case_of(owner, "Autre affaire")
    page.goto(case + "search/?q=subject:trap")
    document = (page.locator(".hits .title").first.get_attribute("href") or "").partition("?")[0]
    cookies = {one["name"] for one in page.context.cookies()}
    for way in ("text", "designed", "headers", "source"):
        here = f"{owner.base.rstrip('/')}{document}?view={way}"
        page.goto(here)
        before = page.evaluate(STATE)
        owner.requests.clear()
        page.goto(here)
        for frame in page.frames:
            frame.wait_for_load_state("networkidle")
        expect(page.locator("main")).to_contain_text("onerror" if way != "designed" else "Left out")
        assert before == page.evaluate(STATE)
        assert before[1] == here
        beyond = [one for one in owner.requests if not re.match(rf"{owner.base}(static|{document[1:]})", one)]
        assert beyond == [], way
    assert {one["name"] for one in page.context.cookies()} == cookies


@pytest.fixture(scope="module")
def reader(owner: Visit, browser: Browser) -> Page:
    """Somebody who may read the demo, and has no part in the other case."""
    return invited(owner, browser, "rose", "reader")


def test_a_reader_sees_no_control_that_writes_and_is_refused(owner: Visit, page: Page, reader: Page) -> None:
    asked = reader.context.request
    pages = addresses(page.context.request, owner.base, slug(owner))
    shown = {one: asked.get(one) for one in pages["document"] + pages["queue"] + pages["timeline"] + pages["log"]}
    actions = {
        unescape(action)
        for address, answer in shown.items()
        for form in re.findall(r"<form[^>]*>", answer.text())
        if 'method="post"' in form
        for action in re.findall(r'action="([^"]*)"', form) or [address.removeprefix(owner.base[:-1])]
    }
    rights = {action: getattr(resolve(action.partition("?")[0]).func, "right", "") for action in actions}
    assert {action: right for action, right in rights.items() if right not in {Right.READ, "entered", "outside"}} == {}
    reader.goto(pages["document"][0])
    here, case = pages["document"][0], case_of(owner)
    for address, fields in {
        here + "mark/state/": {"state": "cleared"},
        here + "mark/tag/": {"tag": "x"},
        here + "mark/note/": {"text": "x"},
        here + "decide/decide/": {"decision": "publish", "reason": "parce que"},
        here + "open/": {"reason": "parce que je le veux"},
        case + "undo/": {},
        case + "queue/mark/": {"what": "state", "state": "cleared", "scope": "all"},
        case + "timeline/calendar/add/": {"day": "2017-04-03", "label": "x"},
        case + "team/invite/": {"role": "admin"},
    }.items():
        assert reader.evaluate(POST, [address, fields]) == 403, address


def test_another_case_cannot_be_read(owner: Visit, page: Page, reader: Page) -> None:
    other, here = case_of(owner, "Autre affaire"), case_of(owner)
    assert page.context.request.get(other).status == 200, "it is there"
    asked = reader.context.request
    assert "Autre affaire" not in asked.get(owner.base).text()
    ours = addresses(page.context.request, owner.base, slug(owner))
    theirs = [one.replace(here, other) for many in ours.values() for one in many if one.startswith(here)]
    assert len(theirs) > 30
    assert {one: asked.get(one).status for one in theirs if asked.get(one).status != 404} == {}
    reader.goto(other)
    expect(reader.get_by_role("heading", level=1)).to_have_text("There is no such page")


MOST = 3
"""Pages of one kind that are opened at each distance: pages of a kind are made by one template."""


def test_nothing_of_the_closed_shelf_within_three_clicks_of_the_overview(
    owner: Visit, page: Page, demo_case: Path
) -> None:
    closed = private(demo_case)
    assert len(closed) > 20
    pages = within(page.context.request, owner.base, case_of(owner), 3)
    assert len(pages) > 120
    told = {
        address: subject
        for address, body in pages.items()
        for subject in closed.values()
        if subject and subject in body
    }
    assert told == {}
    leading = {address for address, body in pages.items() if any(f"/document/{one}/" in body for one in closed)}
    assert leading, "the shelf itself does"
    assert {kind(address.removeprefix(owner.base))[0] for address in leading} == {"shelf"}


def private(case: Path) -> dict[str, str]:
    """What looks private, as it lies in the case's own database: subjects by id, those that no other document has."""
    with sqlite3.connect(f"file:{case / 'db.sqlite3'}?mode=ro", uri=True) as facts:
        rows = facts.execute(
            "SELECT lower(hex(sha256)), subject, private FROM store_document"
            " JOIN store_weighing ON store_weighing.document_id = store_document.id"
            " LEFT JOIN store_reading ON store_reading.document_id = store_document.id"
        ).fetchall()
    elsewhere = {subject for _, subject, shut in rows if not shut}
    return {name: "" if subject in elsewhere else subject or "" for name, subject, shut in rows if shut}


def within(ask: APIRequestContext, base: str, start: str, clicks: int) -> dict[str, str]:
    """Pages within so many clicks, as words; of each kind only some at each distance."""
    pages: dict[str, str] = {}
    opened = Counter[Any]()
    waiting = deque([(start, 0)])
    while waiting:
        address, far = waiting.popleft()
        sort = (kind(address.removeprefix(base)), far)
        if address in pages or not sort[0] or opened[sort] >= MOST:
            continue
        opened[sort] += 1
        answer = ask.get(address)
        if "text/html" in answer.headers["content-type"]:
            pages[address] = unescape(answer.text())
            found = re.findall(r'href="([^"#]+)', answer.text()) if far < clicks else []
            # An address that begins with a question mark is that of the page itself.
            whole = (address.partition("?")[0] + one if one[0] == "?" else base[:-1] + one for one in found)
            waiting.extend((unescape(one), far + 1) for one in whole)
    return pages


def kind(path: str) -> tuple[str, ...]:
    """What sort of page an address is: its view, and what is asked of it; empty where it is none."""
    where, _, asked = path.partition("?")
    try:
        name = resolve("/" + where).url_name or ""
    except Resolver404:
        return ()
    return (name, *sorted(part.partition("=")[0] for part in asked.split("&") if part))
