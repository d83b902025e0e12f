"""Who and when above a quoted passage, as mail programs of both languages write it; every name is invented."""

import time
from dataclasses import dataclass

import pytest

from crible.extract.mail import read as mail
from crible.extract.mail.attributions import MOST, of_header, of_line
from crible.extract.mail.quotes import quotes
from crible.model.facts import Quote

BODY = "Bonjour,\nle total est de 12 450 euros."
MARKED = "> Bonjour,\n> le total est de 12 450 euros."
ANNE, MAIL = "Anne Roy", "anne.roy@m.example"
WHO = f"{ANNE} <{MAIL}>"


@dataclass(frozen=True)
class Form:
    """A mail's text, and what is to be read of its first quote."""

    text: str
    date: str | None = "2017-03-14T09:12:00"
    name: str = ANNE
    address: str = MAIL
    subject: str = ""
    kind: str = "reply"


def above(line: str, **said: object) -> Form:
    """A line above `>` lines."""
    return Form(f"D'accord.\n\n{line}\n{MARKED}\n\nJo\n", **said)  # type: ignore[arg-type]


def headed(head: str, body: str = BODY, **said: object) -> Form:
    """A little header above what it quotes."""
    return Form(f"Pour info.\n\n{head}\n\n{body}\n", **({"subject": "Budget"} | said))  # type: ignore[arg-type]


PARIS, UTC1 = "2017-03-14T09:12:00+01:00", "2017-03-14T09:12:33+01:00"
FORMS = {
    # one line above `>` lines
    "gmail fr": above(f"Le mar. 14 mars 2017 à 09:12, {WHO} a écrit :"),
    "gmail fr, no-break space": above(f"Le mar. 14 mars 2017 à 09:12, {WHO} a écrit\xa0:"),
    "gmail en": above(f"On Tue, Mar 14, 2017 at 9:12 AM, {WHO} wrote:"),
    "gmail en, wrapped": above(f"On Tue, Mar 14, 2017 at 9:12 AM {ANNE}\n<{MAIL}> wrote:"),
    "gmail 2012": above(f"2017-03-14 9:12 GMT+01:00 {WHO}:", date=PARIS),
    "thunderbird fr": above(f"Le 14/03/2017 à 09:12, {ANNE} a écrit :", address=""),
    "thunderbird fr, ambiguous figures": above(
        f"Le 03/04/2017 09:12, {ANNE} a écrit :", address="", date="2017-04-03T09:12:00"
    ),
    "thunderbird us": above(f"On 03/04/2017 09:12 AM, {ANNE} wrote:", address="", date="2017-03-04T09:12:00"),
    "thunderbird en, either way": above(f"On 03/04/2017 09:12, {ANNE} wrote:", address="", date=None),
    "thunderbird en, one way only": above(f"On 14/03/2017 09:12, {ANNE} wrote:", address=""),
    "dotted": above(f"On 14.03.17 09:12, {ANNE} wrote:", address=""),
    "mutt": above(f"On Tue, Mar 14, 2017 at 09:12:33AM +0100, {ANNE} wrote:", address="", date=UTC1),
    "mutt, afternoon": above(
        f"On Tue, 14 Mar 2017 21:12:33 +0100, {ANNE} wrote:", address="", date="2017-03-14T21:12:33+01:00"
    ),
    "yahoo fr": above(f"Le mardi 14 mars 2017 à 09:12:33 UTC+1, {WHO} a écrit :", date=UTC1),
    "yahoo en": above(f"On Tuesday, March 14, 2017 9:12 AM, {WHO} wrote:"),
    "apple en": above(f"On Mar 14, 2017, at 9:12 AM, {WHO} wrote:"),
    "apple uk": above(f"On 14 Mar 2017, at 09:12, {WHO} wrote:"),
    "apple fr": above(f"Le 14 mars 2017 à 09:12, {WHO} a écrit :"),
    "roundcube": above(f"Le 2017-03-14 09:12, {ANNE} a écrit :", address=""),
    "horde": above(f"Quoting {WHO}:", date=None),
    "horde fr": above(f"Selon {WHO}:", date=None),
    "notmuch": above(f"Quoting {ANNE} (2017-03-14 09:12:00)", address=""),
    "sup": above(f"Excerpts from {ANNE}'s message of March 14, 2017 9:12 am:", address=""),
    "writer first": above(f"{WHO} a écrit le 14/03/2017 à 09:12 :"),
    "nobody dated": above(f"{ANNE} wrote:", address="", date=None),
    "hours as h": above(f"Le mardi 14 mars 2017 à 9h12, {WHO} a écrit :"),
    "first of the month": above(f"Le 1er mars 2017 à 09:12, {ANNE} a écrit :", address="", date="2017-03-01T09:12:00"),
    # a separator above one line
    "proton": above(f"------- Original Message -------\nOn Tuesday, March 14th, 2017 at 9:12 AM, {WHO} wrote:\n"),
    "proton fr": above(f"------- Message original -------\nLe mardi 14 mars 2017 à 09:12, {WHO} a écrit :\n"),
    # a little header
    "outlook fr": headed(
        f"-----Message d'origine-----\nDe : {ANNE} [mailto:{MAIL}]\nEnvoyé : mardi 14 mars 2017 09:12\n"
        "À : Jo Lind; Paul\nCc : Zoé\nObjet : Budget"
    ),
    "outlook fr, no separator": headed(
        f"De : {WHO}\nEnvoyé : mardi 14 mars 2017 09:12\nÀ : Jo Lind\nObjet : Budget"
    ),
    "outlook en": headed(
        f"-----Original Message-----\nFrom: {WHO}\nSent: Tuesday, March 14, 2017 9:12 AM\nTo: Jo\n"
        "Subject: Budget"
    ),
    "outlook en, links written out": headed(
        f"{'_' * 32}\nFrom: {ANNE} <{MAIL}<mailto:{MAIL}>>\nSent: Tuesday, March 14, 2017 9:12 AM\n"
        "To: Jo Lind;\n Paul Minh\nSubject: Budget"
    ),
    "outlook, no address": headed(
        f"From: {ANNE}\nSent: Tuesday, March 14, 2017 9:12 AM\nTo: Jo\nSubject: Budget", address=""
    ),
    "outlook, on behalf": headed(
        f"From: bureau@m.example [mailto:bureau@m.example] On Behalf Of {ANNE}\nSent: 14 March 2017 09:12\nTo: Jo\n"
        "Subject: Budget",
        address="",
    ),
    "outlook for mac fr": headed(
        f"De : {WHO}\nDate : mardi 14 mars 2017 à 09:12\nÀ : Jo <jo@m.example>\nObjet : Budget"
    ),
    "stars for bold": headed(f"*De :* {WHO}\n*Envoyé :* mardi 14 mars 2017 09:12\n*Objet :* Budget"),
    "zimbra": headed(
        f'----- Mail original -----\nDe: "{ANNE}" <{MAIL}>\nÀ: "Jo" <jo@m.example>\n'
        "Envoyé: Mardi 14 Mars 2017 09:12:00\nObjet: Budget"
    ),
    "samsung": headed(
        f"-------- Message d'origine --------\nDe : {WHO} \nDate : 14/03/2017  09:12  (GMT+01:00) \n"
        "À : Jo \nObjet : Budget",
        date=PARIS,
    ),
    "orange": headed(
        f'> Message du 14/03/17 09:12\n> De : "{ANNE}" <{MAIL}>\n> A : "Jo" <jo@m.example>\n> Copie à : \n'
        "> Objet : Budget\n> ",
        MARKED,
    ),
    "notes en": headed(
        f"-----{WHO} wrote: -----\n\nTo: Jo/Paris\nFrom: {WHO}\nDate: 03/14/2017 09:12AM\nSubject: Budget"
    ),
    "notes fr": headed(
        f"-----{WHO} a écrit : -----\nÀ : Jo\nDe : {WHO}\nDate : 14/03/2017 09:12\nObjet : Budget"
    ),
    # forwards
    "gmail forward": headed(
        f"---------- Forwarded message ---------\nFrom: {WHO}\nDate: Tue, Mar 14, 2017 at 9:12 AM\n"
        "Subject: Budget\nTo: Jo <jo@m.example>\n",
        kind="forward",
    ),
    "gmail forward fr": headed(
        f"---------- Message transféré ---------\nDe : {WHO}\nDate: mar. 14 mars 2017 à 09:12\n"
        "Subject: Budget\nTo: Jo <jo@m.example>\n",
        kind="forward",
    ),
    "thunderbird forward fr": headed(
        f"-------- Message transféré --------\nSujet : \tBudget\nDate : \tTue, 14 Mar 2017 09:12:00 +0100\n"
        f"De : \t{WHO}\nPour : \tJo",
        date=PARIS,
        kind="forward",
    ),
    "apple forward": headed(
        f"Begin forwarded message:\n\n> From: {WHO}\n> Subject: Budget\n"
        "> Date: March 14, 2017 at 9:12:33 AM GMT+1\n> To: Jo <jo@m.example>\n>",
        MARKED,
        date=UTC1,
        kind="forward",
    ),
    "iphone forward fr": headed(
        f"Début du message transféré :\n\n> De: {WHO}\n> Date: 14 mars 2017 à 09:12:33 UTC+1\n"
        "> À: Jo <jo@m.example>\n> Objet: Budget\n> ",
        MARKED,
        date=UTC1,
        kind="forward",
    ),
    "apple forward fr, unmarked": headed(
        f"Début du message réexpédié :\n\nDe: {WHO}\nObjet: Budget\nDate: 14 mars 2017 09:12:00 HNEC\nÀ: Jo",
        kind="forward",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_who_wrote_what_when(name: str) -> None:
    form = FORMS[name]
    (quote,) = quotes(form.text)
    assert quote.text.removeprefix("_" * 32).strip() == BODY
    assert (quote.name, quote.address, quote.subject, quote.kind) == (form.name, form.address, form.subject, form.kind)
    assert (quote.date.iso() if quote.date else None) == form.date
    assert quote.depth == 1


@pytest.mark.parametrize("name", FORMS)
def test_a_quote_says_where_it_stands(name: str) -> None:
    form = FORMS[name]
    (quote,) = quotes(form.text)
    stood = form.text[quote.start : quote.end]
    assert stood.replace("> ", "") == BODY


def test_a_subject_that_passes_on_makes_its_first_header_a_forward() -> None:
    text = FORMS["outlook fr"].text
    assert [quote.kind for quote in quotes(text, forwards=True)] == ["forward"]
    both = f"{text}\nDe : Bo Lind\nEnvoyé : lundi 13 mars 2017 10:00\nObjet : Budget\n\nA voir.\n"
    assert [(quote.depth, quote.kind) for quote in quotes(both, forwards=True)] == [(1, "forward"), (2, "reply")]


def test_a_header_inside_marked_lines_is_one_deeper_and_ends_with_them() -> None:
    text = (
        "Oui.\n\nOn 14 Mar 2017, at 10:00, Bo <bo@m.example> wrote:\n> Qu'en dis-tu ?\n>\n> De : Anne Roy\n"
        "> Envoyé : mardi 14 mars 2017 09:12\n> Objet : Budget\n>\n> Le total.\n\nMa signature\n"
    )
    assert [(quote.depth, quote.name, quote.text) for quote in quotes(text)] == [
        (1, "Bo", "Qu'en dis-tu ?"),
        (2, ANNE, "Le total."),
    ]


def test_answers_between_the_lines_stay_out() -> None:
    text = f"Le 14 mars 2017 à 09:12, {WHO} a écrit :\n> Qui vient ?\nMoi.\n> Quand ?\nDemain.\n"
    (quote,) = quotes(text)
    assert quote.text == "Qui vient ?\nQuand ?"
    assert text[quote.start : quote.end] == "> Qui vient ?\nMoi.\n> Quand ?"


HTML = {
    "gmail_quote": f'<div>Oui.</div><div class="gmail_quote"><div class="gmail_attr">Le mar. 14 mars 2017 à 09:12, '
    f'{ANNE} &lt;<a href="mailto:{MAIL}">{MAIL}</a>&gt; a écrit&nbsp;:<br></div><blockquote class="gmail_quote">'
    "<div>Bonjour,</div><div>le total est de 12 450 euros.</div></blockquote></div>",
    "cite": f"<p>Oui.</p><div>On 14 Mar 2017, at 09:12, {ANNE} &lt;{MAIL}&gt; wrote:</div>"
    '<blockquote type="cite"><div>Bonjour,<br>le total est de 12 450 euros.</div></blockquote>',
    "divRplyFwdMsg": f'<div>Oui.</div><hr><div id="divRplyFwdMsg"><b>De :</b> {ANNE} &lt;{MAIL}&gt;<br>'
    "<b>Envoyé :</b> mardi 14 mars 2017 09:12<br><b>À :</b> Jo<br><b>Objet :</b> Budget</div>"
    "<div>Bonjour,<br>le total est de 12 450 euros.</div>",
    "OutlookMessageHeader": '<p>Oui.</p><div class="OutlookMessageHeader"><font>-----Message d\'origine-----<br>'
    f"<b>De&nbsp;:</b> {ANNE} [mailto:{MAIL}]<br><b>Envoyé&nbsp;:</b> mardi 14 mars 2017 09:12<br>"
    "<b>À&nbsp;:</b> Jo<br><b>Objet&nbsp;:</b> Budget</font></div><p>Bonjour,<br>le total est de 12 450 euros.</p>",
    "yahoo_quoted": f'<div>Oui.</div><div class="yahoo_quoted"><div>On Tuesday, March 14, 2017 9:12 AM, '
    f"{ANNE} &lt;{MAIL}&gt; wrote:</div><br><div>Bonjour,<br>le total est de 12 450 euros.</div></div>",
}


@pytest.mark.parametrize("name", HTML)
def test_html_quotes_are_read_as_a_reader_sees_them(name: str) -> None:
    page = f"<html><body>{HTML[name]}</body></html>"
    reading = mail.read(f"Subject: Re: x\nContent-Type: text/html; charset=utf-8\n\n{page}\n".encode())
    assert reading.mail is not None
    (quote,) = reading.mail.quotes
    assert quote.text.split() == BODY.split()
    assert (quote.name, quote.address) == (ANNE, MAIL)
    assert quote.date is not None
    assert quote.date.iso() == "2017-03-14T09:12:00"


def test_the_mails_own_subject_is_asked() -> None:
    text = FORMS["outlook fr"].text
    kinds = []
    for subject in ("TR: Budget", "[bureau] Fwd: Budget", "RE: Budget", "Transport"):
        found = mail.read(f"Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()).mail
        assert found is not None
        kinds.append(found.quotes[0].kind)
    assert kinds == ["forward", "forward", "reply", "reply"]


@pytest.mark.parametrize(
    "piece",
    [
        "On 1 ",
        "<",
        "a@",
        "a.b@c.",
        "Quoting ",
        "[2017-01-01",
        "  ",
        "De : ",
        "14/03/2017 ",
        "mars 2017 ",
        "09:12 ",
        "(" * 9,
    ],
)
def test_no_attribution_takes_long(piece: str) -> None:
    began = time.process_time()
    for _ in range(200):
        of_line(f"{piece * 5_000} a écrit :")
        of_header([f"De : {piece * 5_000}", f"Date : {piece * 5_000}"] * 7)
    assert time.process_time() - began < 2
    assert quotes(f"{piece * 300}\n> x\n") != ()


def test_what_an_attribution_says_is_bounded() -> None:
    (quote,) = quotes(f"On Monday, {'A' * 5_000} wrote:\n> x\n")
    assert isinstance(quote, Quote)
    assert len(quote.attribution) <= MOST
    assert len(quote.name) <= 200
