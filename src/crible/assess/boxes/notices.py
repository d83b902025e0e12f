"""How notices about accounts begin in English and French: data, checked against public templates of the providers.

Subjects and texts are matched in lower case without accents, which writers drop as often as not.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Provider:
    """Who sends such notices, from which domains, and the names by which readers know it."""

    name: str
    domains: frozenset[str]
    """Organisational domains."""
    called: re.Pattern[str]
    boxes: bool = False
    """Its customers have addresses under these domains too: only an address of a machine is the provider's."""


def _called(*names: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.])(?:{'|'.join(names)})(?![\w@])")


PROVIDERS = (
    Provider("Google", frozenset({"google.com"}), _called("google", "gmail")),
    Provider(
        "Microsoft",
        frozenset({"microsoft.com", "microsoftonline.com", "office.com", "live.com", "outlook.com", "hotmail.com"}),
        _called("microsoft", "outlook", "office ?365", "onedrive", "hotmail"),
        boxes=True,
    ),
    Provider("Yahoo", frozenset({"yahoo.com", "yahoo.fr", "yahoo-inc.com", "yahooinc.com"}), _called("yahoo!?"), True),
    Provider("Orange", frozenset({"orange.fr", "orange.com", "orange-business.com"}), _called("orange"), True),
    Provider("Apple", frozenset({"apple.com", "icloud.com"}), _called("apple id", "identifiant apple", "icloud"), True),
    Provider("PayPal", frozenset({"paypal.com", "paypal.fr"}), _called("paypal")),
    Provider("Facebook", frozenset({"facebook.com", "facebookmail.com", "meta.com"}), _called("facebook")),
    Provider("LinkedIn", frozenset({"linkedin.com"}), _called("linkedin")),
    Provider("Dropbox", frozenset({"dropbox.com", "dropboxmail.com"}), _called("dropbox")),
    Provider("DocuSign", frozenset({"docusign.net", "docusign.com"}), _called("docusign")),
    Provider("Amazon", frozenset({"amazon.com", "amazon.fr", "amazon.co.uk", "amazon.de"}), _called("amazon")),
    Provider("Netflix", frozenset({"netflix.com"}), _called("netflix")),
    Provider("La Poste", frozenset({"laposte.fr", "laposte.info", "laposte.net"}), _called("la poste"), True),
    Provider("Ameli", frozenset({"ameli.fr", "assurance-maladie.fr"}), _called("ameli", "assurance maladie")),
    Provider("DHL", frozenset({"dhl.com", "dhl.fr", "dhl.de"}), _called("dhl")),
    Provider("Binance", frozenset({"binance.com"}), _called("binance")),
    Provider("Ledger", frozenset({"ledger.com", "ledger.fr"}), _called("ledger")),
    Provider("MetaMask", frozenset({"metamask.io", "consensys.io"}), _called("metamask")),
    Provider("Trust Wallet", frozenset({"trustwallet.com"}), _called("trust wallet")),
)
_KNOWN = re.compile("|".join(one.called.pattern for one in PROVIDERS))
SECURITY = "trace-security"
"""Said as `trace-login`, and only where the sender is a provider: software projects send security alerts as well."""


_MARKS = re.compile("[\u0300-\u036f]+")
"""Accents that decomposition leaves; asking each character whether it combines took a tenth of a millisecond a mail."""


def plain(text: str) -> str:
    """Text as the patterns below expect it: lower case, without accents, spaces folded."""
    if not text.isascii():
        text = _MARKS.sub("", normalize("NFKD", text)).replace("\u2019", "'")
    return " ".join(text.lower().split())


def provider_named(text: str) -> Provider | None:
    """The first provider of the list that a plain text names."""
    if not _KNOWN.search(text):
        return None
    return next(one for one in PROVIDERS if one.called.search(text))


def notice(subject: str) -> str:
    """What a plain subject is a notice of: a key of `KINDS`, empty for none."""
    if not any(word in subject for word in _WORDS):
        return ""
    return next((kind for kind, pattern in KINDS if pattern.search(subject)), "")


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


_SIGN = r"(?:sign[- ]?ins?|log[- ]?ins?|sign[- ]?on|log[- ]?on)"
_YOUR = r"(?:your |my |the |de |du |d')?(?:votre |ton |mon |le |la )?"
_DONE = r"(?:change|reset|update|expire)"
_FAIT = r"(?:modifi|chang|reinitialis|mis )"
KINDS = (
    (
        "trace-forwarding",
        _any(
            r"forwarding (?:confirmation|address|rule|request)",
            r"(?:creation of|created?|new) (?:a )?(?:forwarding|redirect|inbox rule)",
            r"forwarding/redirect",
            r"auto(?:matic)?[- ]?forward",
            r"confirmation d[eu] (?:transfert|redirection)",
            r"transfert automatique",
            r"regle de (?:transfert|redirection)",
            r"redirection d(?:e|u|es) (?:vos |votre )?(?:e-?mail|message|courriel|courrier elec)",
        ),
    ),
    (
        "trace-settings",
        _any(
            r"recovery (?:e-?mail|phone|number)",
            r"(?:2|two)[- ](?:step|factor) (?:verif|auth)",
            r"app(?:lication)?(?:[- ]specific)? password",
            r"security info(?:rmation)? (?:was|has|added|changed|replace)",
            r"granted access",
            r"was connected to your",
            r"validation en (?:deux|2) etapes",
            r"double authentification",
            r"mot de passe d'application",
            r"adresse (?:e-?mail )?de (?:recuperation|secours)",
            r"numero de (?:telephone de )?(?:recuperation|secours)",
            r"informations de securite (?:ont|ajout|modif)",
            r"acces a votre compte",
        ),
    ),
    (
        "trace-reset",
        _any(
            rf"(?:reset|recover|forgot(?:ten)?|changed?|changing) {_YOUR}(?:[\w-]+ ){{0,3}}password",
            r"password (?:reset|recovery|assistance|reminder|changed?\b|expir)",
            rf"password (?:was|has been|has|will) (?:\w+ ){{0,2}}{_DONE}",
            rf"(?:reinitialis\w{{1,9}}|modification|changement|oubli|recuperation) {_YOUR}(?:nouveau )?mot de passe",
            r"mot de passe (?:oubli|perdu|modifi|reinitialis|expir)",
            rf"mot de passe (?:\w+ ){{0,4}}a (?:bien )?ete {_FAIT}",
            r"(?:assistance|nouveau) mot de passe",
        ),
    ),
    (
        "trace-login",
        _any(
            rf"(?:new|unusual|unexpected|suspicious|unrecogni[sz]ed|blocked|recent) (?:[\w']+ ){{0,2}}{_SIGN}",
            rf"{_SIGN} (?:attempt|alert|notification|from|was blocked|prevented|detected|activity)",
            r"someone (?:has your password|(?:tried|attempted) to (?:log|sign) in)",
            r"quelqu'un (?:possede|connait|a) votre mot de passe",
            r"nouvelle connexion",
            r"tentative de connexion",
            r"activite de connexion",
            r"alerte de connexion",
            r"connexion (?:inhabituelle|suspecte|bloquee|depuis un|a partir d|refusee)",
            r"nouvel appareil",
            r"new device\b",
        ),
    ),
    (SECURITY, _any(r"security alert", r"alerte de securite", r"unusual activity", r"activite inhabituelle")),
)
"""What a notice is about, by its subject made `plain`; the first that matches. `remarks` has their sentences."""

_WORDS = (
    "password", "mot de passe", "sign", "log", "connexion", "device", "appareil", "forward", "transfert", "redirect",
    "inbox rule", "recover", "recup", "secours", "securi", "verif", "auth", "etapes", "access", "acces", "connected",
    "activit",
)  # fmt: skip
"""One of these stands in whatever KINDS matches: most subjects are passed over by them."""

MACHINE = re.compile(
    r"no[-_.]?reply|do[-_.]?not[-_.]?reply|ne[-_.]?pas[-_.]?repondre|nepasrepondre|noreponse|account|compte|security"
    r"|securite|notif|support|service|info|alert|admin|postmaster|mailer|system|help|team|contact|password|verify"
)
"""Met in the local part of addresses that machines write from."""

_WHOSE = r"(?:(?:e-?mail|webmail|office|bank|user|online|paypal|apple|google|microsoft|amazon|netflix) )?"
_ACCOUNT = (
    _WHOSE + r"(?:account|mailbox|password|identity|id|e-?mail(?: address)?|wallet|card|information|details|billing"
    r"|payment|profile|subscription|access)"
)
_COMPTE = (
    r"(?:compte|identite|informations?|coordonnees|mot de passe|boite|adresse|messagerie|carte|paiement|donnees"
    r"|profil|acces)"
)
_ENDED = r"(?:suspend|limit|lock|deactivat|disabl|block|clos|restrict|expir|on hold|compromis|delet|terminat)"
_FERME = r"(?:suspendu|limit|bloqu|desactiv|restrei|ferm|expir|supprim)"
ASKS = _any(
    r"(?:verify|confirm|update|validate|re-?activate|restore|unlock|upgrade|review|secure|keep)"
    rf" (?:and \w+ )?(?:your|the|ur) (?:\w+ )?{_ACCOUNT}",
    rf"your (?:\w+ )?{_ACCOUNT} (?:has been|have been|will be|was|is about to be|is|are|has) (?:\w+ )?{_ENDED}",
    r"(?:exceeded|over|reached|almost) (?:\w+ ){0,3}(?:quota|storage|mailbox limit)",
    r"(?:storage|mailbox) (?:\w+ ){0,3}(?:full|quota)",
    r"(?:verifie[rz]|confirme[rz]|mett(?:re|ez) a jour|valide[rz]|reactive[rz]|debloque[rz])"
    rf" (?:vos|votre|ton|tes) (?:\w+ )?{_COMPTE}",
    rf"v(?:otre|os) {_COMPTE} (?:\w+ )?(?:a ete|ont ete|sera|seront|est|va etre) (?:\w+ )?{_FERME}",
    r"quota (?:\w+ ){0,3}(?:depass|atteint)",
)
"""Sentences that ask for an account, or threaten it."""
HINTS = (
    "verif", "confirm", "updat", "valid", "activ", "restor", "unlock", "upgrad", "review", "secur", "keep",
    "suspen", "limit", "lock", "disabl", "clos", "restric", "expir", "hold", "compromis", "delet", "terminat",
    "quota", "storage", "mailbox", "jour", "bloq", "ferm", "supprim",
)  # fmt: skip
"""One of these stands in whatever ASKS matches: most texts are passed over by them."""

CARRIERS = frozenset({
    "sendgrid.net", "mandrillapp.com", "list-manage.com", "list-manage1.com", "mailchimp.com", "mailjet.com", "mjt.lu",
    "sendinblue.com", "sibmail.com", "sparkpostmail.com", "awstrack.me", "exct.net", "mktomail.com", "hubspot.com",
    "google.com", "outlook.com", "office.com", "urldefense.com", "proofpoint.com", "barracudanetworks.com",
    "mimecast.com", "facebook.com", "twitter.com", "x.com", "linkedin.com", "instagram.com", "youtube.com", "apple.com",
    "w3.org", "github.com", "gitlab.com", "wikipedia.org", "kernel.org", "mozilla.org", "yahoo.com", "microsoft.com",
    "free.fr", "orange.fr", "gmail.com", "adobe.com", "aka.ms", "avast.com", "avg.com",
})  # fmt: skip
"""Organisational domains that rewrite links, count clicks, or stand in footers: a link to them says nothing."""

PROGRAMS = (".exe", ".scr", ".pif", ".vbs", ".vbe", ".jse", ".wsf", ".hta", ".lnk", ".cpl", ".ps1", ".iso", ".img")
"""Endings of names of files that run when they are opened, or hold such files unseen."""
