"""One synthetic paper of each class and language, innocent twins that get no class, and the reasons that are shown."""

from dataclasses import replace

import pytest

from crible.extract.classes.classify import CLASSES, TABLES, classify
from crible.extract.classes.traits import traits
from crible.extract.page import Page, spaced
from crible.model.facts import Link, Mailbox, MailFacts, Quote, Reading
from crible.model.files import Embedded, FileFacts, Picture
from crible.model.image import ImageFacts
from crible.words import LANGUAGES, render

TEXTS = {
    "invoice": (
        "Facture n° 12\nTotal HT 100,00 €\nTVA 20,00 €\nTotal TTC 120,00 €\n",
        "INVOICE\nInvoice No: 7\nBill to: Colm\nSubtotal $10.00\nTotal due $12.00",
    ),
    "quote": (
        "Devis n° 8\nBon pour accord\nTotal HT 100,00 €",
        "Quotation\nQuote number 8, valid until 3 May 2017",
    ),
    "order": (
        "Bon de commande n° 4411\nFournisseur : Quai SARL",
        "Purchase order\nPO number 77\nShip to: Colm",
    ),
    "forecast": (
        "Compte de résultat prévisionnel 2017\nRecettes\nDépenses",
        "Financial projections\nBudgeted revenue and expenses",
    ),
    "accounts": (
        "Comptes annuels, exercice clos le 31/12/2016\nActif\nPassif",
        "Balance sheet\nTotal assets\nTotal liabilities",
    ),
    "bank-statement": (
        "Relevé de compte\nAncien solde\nDate de valeur\nDébit\nCrédit",
        "Bank statement\nOpening balance\nClosing balance",
    ),
    "payslip": (
        "Bulletin de paie\nSalaire brut\nNet imposable\nCSG",
        "Payslip\nGross pay\nNet pay",
    ),
    "contract": (
        "Contrat de location\nEntre les soussignés :\nArticle 1",
        "Lease agreement\nThe parties hereby agree\nGoverning law",
    ),
    "note": (
        "Note à l'attention de la direction\nContexte\nEnjeux",
        "Memorandum\nExecutive summary\nRecommendations",
    ),
    "minutes": (
        "Compte rendu du 9 mars\nÉtaient présents :\nOrdre du jour",
        "Minutes of the meeting\nAttendees\nAction items",
    ),
    "speech": (
        "Discours de Nimelle\nSeul le prononcé fait foi\nMesdames et messieurs,",
        "Speech\nCheck against delivery\nLadies and gentlemen,",
    ),
    "article": (
        "Publié le 3 mars 2017\nArticle réservé aux abonnés\nPar notre correspondant à Colm",
        "5 min read\nBy our correspondent\nSubscribers only",
    ),
    "press-release": (
        "Communiqué de presse\nContact presse : Elsa",
        "FOR IMMEDIATE RELEASE\nMedia contact: Colm",
    ),
    "cv": (
        "Curriculum vitae\nExpérience professionnelle\nCentres d'intérêt",
        "CV\nWork experience\nReferences available",
    ),
    "booking": (
        "Confirmation de réservation\nNuméro de réservation 8\nArrivée\nDépart",
        "Boarding pass\nPassenger\nFlight\nGate",
    ),
    "purchase": (
        "Confirmation de commande\nMerci pour votre commande",
        "Order confirmation\nThank you for your order",
    ),
    "form": (
        "Formulaire d'adhésion\nCocher la case\nNom, prénom ________ ________ ________",
        "Registration form\nPlease complete in block letters",
    ),
    "letter": (
        "Madame, Monsieur,\nJe vous prie d'agréer mes salutations distinguées.",
        "Dear Sir,\nYours faithfully,",
    ),
}  # fmt: skip
PERSON = MailFacts(
    subject="Salle", senders=(Mailbox("Elsa", "elsa@quai.example"),), to=(Mailbox("", "colm@nimelle.example"),)
)
MAILS = {
    "mail": PERSON,
    "discussion": replace(PERSON, list_id="comites.example", in_reply_to="<1@x>"),
    "newsletter": replace(PERSON, bulk=True, remote_content=9, links=(Link("quai.example"),) * 12),
    "notification": replace(PERSON, senders=(Mailbox("", "no-reply@quai.example"),)),
}


def classed(reading: Reading) -> str:
    return classify(Page.of(reading))[0]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_a_paper_that_says_what_it_is_is_believed(name: str, text: str) -> None:
    assert classed(Reading("application/pdf", text=text, file=FileFacts())) == name


@pytest.mark.parametrize("name", MAILS)
def test_mail_is_told_by_who_sent_it(name: str) -> None:
    text = "Pour vous désabonner, cliquez ici.\n" if name == "newsletter" else "La salle est réservée.\n"
    assert classed(Reading("message/rfc822", text=text, mail=MAILS[name])) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "La salle est réservée pour jeudi.",
        "Il faudra une facture, un devis, un contrat et une note de frais.",
        "Le discours de jeudi a été publié ; la lettre partira demain.",
        "Quelques mots sur le budget.",
        "Chapter one. It was a bright cold day, and the clocks were striking.",
    ],
)
def test_nothing_speaks_for_any_class(text: str) -> None:
    assert classify(Page.of(Reading("application/pdf", text=text * 3, file=FileFacts()))) == ("", ())


def test_a_mail_about_a_paper_stays_a_mail() -> None:
    about = replace(PERSON, subject="Budget prévisionnel, devis et facture", quotes=(Quote("…"),))
    text = "Ci-joint le budget prévisionnel et la facture n° 12. Le contrat suit."
    assert classed(Reading("message/rfc822", text=text, mail=about)) == "mail"


@pytest.mark.parametrize(
    ("mime", "file", "name"),
    [
        ("image/jpeg", FileFacts(device="Canon EOS 80D", image=ImageFacts(6000, 4000)), "photo"),
        ("image/png", FileFacts(image=ImageFacts(1920, 1080)), "screenshot"),
        ("image/tiff", FileFacts(device="CanoScan LiDE", image=ImageFacts(2480, 3508)), "scan"),
        ("image/png", FileFacts(image=ImageFacts(300, 200)), ""),
        (
            "application/pdf",
            FileFacts(pages=2, pages_without_text=(1, 2), pictures=(Picture(b"s" * 32, 9), Picture(b"t" * 32, 9))),
            "scan",
        ),
        ("application/pdf", FileFacts(pages=2, pages_without_text=(2,), embedded=(Embedded("file", "a"),)), ""),
        ("text/calendar", FileFacts(), "calendar"),
        ("text/vcard", FileFacts(), "contact"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileFacts(), "table"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", FileFacts(), "presentation"),
    ],
)
def test_form_tells_where_words_do_not(mime: str, file: FileFacts, name: str) -> None:
    assert classed(Reading(mime, file=file)) == name


def test_code_and_logs_are_told_by_their_lines() -> None:
    code = "import os\ndef main():\n    return 0;\n" + "x = {\n};\n" * 6
    log = "2017-03-14 09:12:00 started\n" * 10
    assert classed(Reading("text/plain", text=code, file=FileFacts())) == "code"
    assert classed(Reading("text/plain", text=log, file=FileFacts())) == "code"


def test_reasons_are_shown_heaviest_first_and_nested_phrases_once() -> None:
    page = Page.of(Reading("application/pdf", text="…", file=FileFacts(title="Budget prévisionnel 2017")))
    name, clues = classify(page)
    assert name == "forecast"
    assert [(clue.key, clue.text) for clue in clues if clue.key == "cue-title"] == [
        ("cue-title", "budget previsionnel")
    ]
    weights = [clue.weight for clue in clues]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_and_reason_has_words(language: str) -> None:
    for name in (*CLASSES, "none"):
        assert render("classes", f"class-{name}", {}, language)
    for table in TABLES:
        for trait in table.traits:
            assert render("classes", f"trait-{trait}", {"text": ""}, language)


def test_tables_are_written_as_texts_are_folded() -> None:
    for table in TABLES:
        for phrase in (*table.title, *table.text):
            assert spaced(phrase) == f" {phrase} ", (table.name, phrase)


def test_traits_of_a_mail_without_sender_are_few() -> None:
    assert traits(Page.of(Reading("message/rfc822", mail=MailFacts()))) == {"mail"}
