"""A team at the desk in real browsers: an invitation handed over, a password looked at, a session ended from afar."""

import pytest
from browser_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PASSWORD = "quatre mots bien rangés"


def test_somebody_invited_works_until_an_admin_ends_the_session(visit: Visit) -> None:
    admin = visit.page
    admin.goto(visit.link)
    case = admin.url
    admin.goto(case + "team/")
    admin.get_by_role("button", name="Make a link").click()
    link = admin.get_by_label("The link").input_value()
    assert link.startswith(visit.base + "invitation/")

    browser = visit.page.context.browser
    assert browser
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    friend = context.new_page()
    friend.goto(link)
    friend.get_by_label("Log-in name").fill("bo")
    friend.get_by_label("Password", exact=True).fill(PASSWORD)
    friend.get_by_role("button", name="Make my account").click()
    assert friend.url == case, "all of it without a script"
    assert friend.goto(case + "team/").status == 403  # type: ignore[union-attr]

    admin.goto(case + "team/")
    expect(admin.get_by_text("used by bo")).to_be_visible()
    admin.get_by_role("button", name="End all sessions bo").click()
    friend.goto(case)
    expect(friend.get_by_text("Come in by the link")).to_be_visible()
    context.close()
    assert visit.strayed == []
    assert visit.console == []


def test_a_password_can_be_looked_at_and_hides_as_it_is_sent(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.goto(visit.base + "account/")
    field = page.get_by_label("New password")
    field.fill(PASSWORD)
    assert field.get_attribute("type") == "password"
    page.get_by_role("button", name="Show the password").click()
    assert field.get_attribute("type") == "text"
    page.evaluate(
        "document.querySelector('#password').form.addEventListener('submit', (event) => event.preventDefault())"
    )
    page.get_by_role("button", name="Change the password").click()
    assert field.get_attribute("type") == "password"
    assert visit.console == []
