"""What single mails look like, and their innocent twins."""

import time
from dataclasses import replace

import pytest
from boxes_mail import made

from crible.assess.boxes.intrusion import ANY, INNOCENT, Trace, asks, may_ask, traces
from crible.assess.boxes.notices import ASKS, HINTS, KINDS, SECURITY, notice, plain

GOOGLE = "no-reply@accounts.google.com"
NOTICES = [
    ("New sign-in from Firefox on Linux", GOOGLE, "trace-login", "Google"),
    ("Nouvelle connexion à partir de Chrome sur Windows", GOOGLE, "trace-login", "Google"),
    ("Alerte de sécurité", GOOGLE, "trace-login", "Google"),
    ("Tentative de connexion suspecte bloquée", GOOGLE, "trace-login", "Google"),
    ("Your password changed", GOOGLE, "trace-reset", "Google"),
    ("Le mot de passe de votre compte Google a été modifié", GOOGLE, "trace-reset", "Google"),
    ("Votre mot de passe a été modifié", GOOGLE, "trace-reset", "Google"),
    ("Assistance mot de passe Google", GOOGLE, "trace-reset", "Google"),
    ("(#1234) Gmail Forwarding Confirmation - Receive Mail from a@b.example", "forwarding-noreply@google.com",
     "trace-forwarding", "Google"),
    ("Confirmation de transfert Gmail", "forwarding-noreply@google.com", "trace-forwarding", "Google"),
    ("Validation en deux étapes désactivée", GOOGLE, "trace-settings", "Google"),
    ("Mot de passe d’application créé", GOOGLE, "trace-settings", "Google"),
    ("Microsoft account unusual sign-in activity", "account-security-noreply@accountprotection.microsoft.com",
     "trace-login", "Microsoft"),
    ("Réinitialisation du mot de passe du compte Microsoft", "account-security-noreply@accountprotection.microsoft.com",
     "trace-reset", "Microsoft"),
    ("Low-severity alert: Creation of forwarding/redirect rule", "office365alerts@microsoft.com", "trace-forwarding",
     "Microsoft"),
    ("Unexpected sign-in attempt", "no-reply@cc.yahoo-inc.com", "trace-login", "Yahoo"),
    ("Nouvelle connexion à votre compte", "ne-pas-repondre@orange.fr", "trace-login", "Orange"),
    ("Réinitialisez votre mot de passe", "no-reply@forum.example", "trace-reset-any", ""),
    ("Password reset request", "no-reply@forum.example", "trace-reset-any", ""),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "sender", "message", "other"), NOTICES)
def test_notices_are_known_by_subject_and_sender(subject: str, sender: str, message: str, other: str) -> None:
    found = list(traces(made(subject, sender)))
    assert found == [Trace(message, sender.partition("@")[2], other)]


@pytest.mark.parametrize("subject", [row[0] for row in NOTICES])
def test_an_answer_to_a_notice_and_a_persons_mail_are_none(subject: str) -> None:
    assert list(traces(made(f"Re: {subject}", "paul@ferrand.example"))) == []
    assert list(traces(made(f"TR : {subject}", GOOGLE))) == []
    assert list(traces(made(subject, GOOGLE, in_reply_to="<x@y.example>"))) == []
    assert list(traces(made(subject, GOOGLE, list_id="dev.list.example"))) == []
    assert list(traces(made(subject, GOOGLE, arrived=None))) == []


@pytest.mark.parametrize(
    ("subject", "sender"),
    [
        ("Mot de passe oublié", "paul@ferrand.example"),
        ("Changement de mot de passe du wifi", "paul@ferrand.example"),
        ("New login page for the site, your opinion?", "paul@ferrand.example"),
        ("Security alert for openssl", "info@distribution.example"),
        ("Connexion du vidéoprojecteur", "info@salle.example"),
        ("Your account statement", GOOGLE),
        ("La règle du jeu", "no-reply@forum.example"),
    ],
)
def test_ordinary_mail_is_silent(subject: str, sender: str) -> None:
    assert list(traces(made(subject, sender))) == []


def test_a_notice_of_a_provider_from_elsewhere_imitates_it() -> None:
    subject = "New sign-in to your Google account"
    assert list(traces(made(subject, "alert@accounts.example"))) == [
        Trace("trace-imitated", "accounts.example", "Google")
    ]
    assert list(traces(made("Someone has your password", "x@far.example", name="Google"))) == [
        Trace("trace-imitated", "far.example", "Google")
    ]


def test_a_sender_without_a_domain_is_told_as_such() -> None:
    found = list(traces(made("Microsoft account unusual signin activity", "nothing")))
    assert found == [Trace("trace-imitated-nowhere", "?", "Microsoft")]


def test_a_customer_of_a_provider_is_not_the_provider() -> None:
    (found,) = traces(made("Microsoft account unusual sign-in activity", "jean.petit@outlook.com"))
    assert found == Trace("trace-imitated", "outlook.com", "Microsoft")


@pytest.mark.parametrize(
    ("name", "sender", "expected"),
    [
        ("Google Security Team", "x@far.example", "Google"),
        ("Service PayPal", "x@far.example", "PayPal"),
        ("PayPal", "service@paypal.fr", ""),
        ("Jeanne Petit (Google)", "jeanne@far.example", ""),
        ("Amazon Prime Clermont Basket", "club@far.example", ""),
        ("Paul via Dropbox", "x@far.example", ""),
    ],
)
def test_a_name_of_a_provider_on_an_address_of_another(name: str, sender: str, expected: str) -> None:
    found = [one.other for one in traces(made("Bonjour", sender, name=name)) if one.message == "trace-brand"]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tresorier@horizon.example", "horizon.example"),
        ("paul@ferrand.example", ""),
        ("Paul Ferrand", ""),
        ("M. Dupont, horizon.example", ""),
        ("iris@horizon.example via Groupe", ""),
    ],
)
def test_a_name_that_shows_another_address(name: str, expected: str) -> None:
    found = [one.other for one in traces(made("Bonjour", "paul@ferrand.example", name=name))]
    assert found == ([expected] if expected else [])


def test_a_link_that_shows_one_site_and_leads_to_another() -> None:
    mail = made(shown=(("a.example", ""), ("collect.example", "bank.example")))
    (found,) = traces(mail)
    assert found == Trace("trace-link", "ferrand.example", "bank.example → collect.example")


@pytest.mark.parametrize(
    "shown",
    [("www.bank.example", "bank.example"), ("bank.com", "bank.fr"), ("collect.example", ""),
     ("eur01.safelinks.protection.outlook.com", "bank.example")],
)  # fmt: skip
def test_links_that_lead_where_they_say_are_silent(shown: tuple[str, str]) -> None:
    assert list(traces(made(shown=(shown,)))) == []


def test_a_newsletter_counts_clicks() -> None:
    assert list(traces(made(shown=(("click.example", "shop.example"),), bulk=True))) == []


def test_a_program_as_attachment() -> None:
    assert list(traces(made(files=("plan.pdf", "Facture.PDF.exe")))) == [
        Trace("trace-program", "ferrand.example", "Facture.PDF.exe")
    ]
    assert list(traces(made(files=("plan.pdf", "notes.docx", "exe.txt")))) == []


ASKING = [
    "Please verify your account within 24 hours.",
    "Your mailbox has exceeded its storage quota.",
    "Your account will be suspended.",
    "Merci de confirmer votre mot de passe.",
    "Votre compte a été suspendu.",
    "Vous devez mettre à jour vos informations.",
]


@pytest.mark.parametrize("text", ASKING)
def test_a_request_to_confirm_an_account_with_a_link_elsewhere(text: str) -> None:
    mail = made(shown=(("click.evil.example", ""),))
    assert asks(mail, text) == Trace("trace-asks", "ferrand.example", "click.evil.example")
    assert asks(made(), f"{text} http://evil.example/x") == Trace("trace-asks", "ferrand.example", "evil.example")


@pytest.mark.parametrize("text", ASKING)
def test_the_same_with_a_link_to_the_sender_or_none_is_silent(text: str) -> None:
    assert asks(made(), text) is None
    assert asks(made(shown=(("login.ferrand.example", ""), ("u1.ct.sendgrid.net", ""))), text) is None


def test_ordinary_sentences_ask_for_nothing() -> None:
    mail = made(shown=(("evil.example", ""),))
    for text in ("Could you review the draft?", "Peux-tu confirmer votre venue ?", "I have to update the website."):
        assert asks(mail, text) is None


def test_answers_and_copies_of_sent_mail_are_not_read() -> None:
    assert may_ask(made())
    assert not may_ask(made("Re: compte"))
    assert not may_ask(made(arrived=None))
    assert not may_ask(replace(made(), list_id="x.example"))


def test_every_trace_has_an_innocent_reading() -> None:
    kinds = {kind for kind, _ in KINDS} - {SECURITY}
    assert kinds == set(ANY)
    assert kinds | set(ANY.values()) <= set(INNOCENT)


@pytest.mark.parametrize("trap", ["reset your ", "password ", "a" * 50, "your account ", "verify and ", "http://", "@"])
def test_a_trap_takes_no_time(trap: str) -> None:
    text = trap * (2_000_000 // len(trap))
    start = time.process_time()
    mail = made(text, name=text)
    list(traces(mail))
    asks(mail, text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("subject", [row[0] for row in NOTICES])
def test_the_words_that_subjects_are_passed_over_by_pass_over_no_notice(subject: str) -> None:
    assert notice(plain(subject)) == next(kind for kind, pattern in KINDS if pattern.search(plain(subject)))


@pytest.mark.parametrize("text", ASKING)
def test_the_hints_pass_over_no_request(text: str) -> None:
    assert ASKS.search(plain(text))
    assert any(hint in plain(text) for hint in HINTS)
