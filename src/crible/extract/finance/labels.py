"""The words by which papers name their sums, dates, numbers and parties: French and English, some German and Dutch.

Folded (`crible.extract.page.fold`), as parts of regular expressions. Of the kinds, the first that fits counts.
"""

import re

SUMS: tuple[tuple[str, int, str], ...] = (
    ("paid", 1, r"acompte|deja (?:paye|regle|verse)|\bpaid\b|anzahlung|deposit|avance|payments? received"),
    ("discount", 1, r"remise|rabais|discount|rabatt|korting|abschlag|ristourne|\bcredits?\b"),
    (
        "shipping",
        1,
        r"gesamtbetrag der (?:zu|ab)schl|frais de port|livraison|shipping|versand|delivery|verpackung|frais de dossier",
    ),
    ("capital", 1, r"au capital|capital (?:de|social)"),
    ("due", 2, r"total amount due|amount (?:due|payable)|total due|balance due|due payable"),
    (
        "due",
        2,
        r"(?:net|solde|reste|somme|montant|total) a (?:payer|regler)|montant du\b|zahlbetrag|te betalen|residual",
    ),
    (
        "total",
        3,
        r"\bt\.?t\.?c\b|grand total|gesamtbetrag|bruttosumme|brutto\b|incl(?:usief|uding|\.)? (?:btw|vat|tax)",
    ),
    ("total", 3, r"(?:invoice|order|quote) total|total (?:of|for) this|ogolem|total general|montant total"),
    (
        "net",
        3,
        r"\bh\.?t\b|\bh\. ?t\.|hors[ -]taxes?|\bexcl(?:usief|uding|\.)?\b|net total|nettobetrag|tax excl|before tax",
    ),
    ("net", 2, r"sub-?total|sous[ -]total|zwischensumme|summe ohne|total net\b|without tax|untaxed"),
    (
        "vat",
        3,
        r"(?:total|montant|gesamt) (?:de la )?(?:tva|taxes?|vat)\b|(?:tax|vat|ust\.?) (?:total|gesamt|amount)"
        r"|steuerbetrag",
    ),
    ("vat", 2, r"\bt\.?v\.?a\b|\bvat\b|\btax(?:es)?\b|\bbtw\b|\bmwst\b|\bust\b|umsatzsteuer|\bgst\b|sales tax"),
    ("total", 2, r"\btota[al]l?\b|\btotaal\b|\bgesamt\b|montant factur"),
    ("rate", 0, r"prix unitaire|unit price|\bp\.?u\.?\b|taux|\brate\b"),
)
"""Kind, how plainly the label says it, pattern."""
KINDS = tuple((kind, rank, re.compile(pattern)) for kind, rank, pattern in SUMS)

ISSUED = (
    re.compile(
        r"date (?:de (?:la )?(?:facture|facturation)|d'emission|du devis|d'etablissement)|invoice date|issue date"
        r"|date of (?:invoice|issue)|rechnungsdatum|factu?ur ?datum|data wystawienia|issued (?:at|on)|emise? le"
        r"|etabli le"
    ),
    re.compile(
        r"(?:facture|invoice|avoir|devis|quote|quotation|rechnung|faktura|factuur|receipt|recu|bon de commande)"
        r"\b.{0,45}\b(?:du|vom|von|of|from|dated|en date du)[ ]{0,2}\Z"
    ),
    re.compile(r"\bdate\b[ ]{0,2}[:.]?[ ]{0,3}\Z"),
    re.compile(r"\b(?:fait|paris|lyon|le)[ ,a-z]{0,30}\ble\b[ ]{0,2}\Z"),
    re.compile(r"\bdate\b"),
)
"""What stands before the date of a paper, the plainest first."""
DUE = re.compile(
    r"eche?ance|due date|date limite|payment due|payable (?:avant|le|au|jusqu|by|until)|zahlungsziel|vervaldatum"
    r"|\bdue (?:by|on)|zahlbar|faellig|fallig|a (?:regler|payer) (?:avant|le|jusqu)|bis zum|remit until|net d(?:ue)?\b"
)
ELSEWHERE = re.compile(
    r"livraison|delivery|commande|order|\border ?dat|period|periode|naissance|birth|check (?:in|out)|paiement le|valid"
    r"|valable|virement|transfer|payment date|leistung|zeitraum|lieferung|effective|stylesheet|version|codelist|prelev"
    r"|eche?ance|due\b|contract|contrat|marche"
)
"""What stands before dates that are not the paper's own."""

_PAPER = (
    r"factures?|invoice|avoir|credit ?note|devis|quotation|quote|estimate|handelsrechnung|rechnungs?|faktura|factu?ur"
    r"|receipt|recu|quittance|note d'honoraires|bon de commande|purchase order|pro ?forma|gutschrift"
)
_SIGN = r"n[°º?]|n\.?o\.?\b|num(?:ber|ero|mer)?\b\.?|nr\b\.?|#|id\b|ref(?:erence)?\b\.?"
NUMBERS = (
    re.compile(
        rf"(?:\b(?:{_PAPER})[ ]{{0,3}}(?:de vente |d'acompte |proforma )?(?:{_SIGN})[ ]{{0,2}}[:.#]?"
        rf"|\b(?:{_SIGN}) (?:de |du |of )?(?:la )?(?:{_PAPER})[ ]{{0,3}}:?)[ #:\n]{{0,6}}"
    ),
    re.compile(rf"(?:\A|\n|\b)(?:{_PAPER})[ ]{{0,3}}[:\n]?[ ]{{0,3}}#?[ ]?"),
    re.compile(
        rf"\b(?:booking|order|document|piece|statement|reservation|commande|dossier)[ ]{{0,2}}(?:{_SIGN})[ :#\n]{{0,5}}"
    ),
)
"""What stands before the number of a paper, the plainest first."""
VALUE = re.compile(r"(?:[a-z]{1,3} )?(?=[a-z0-9_/.-]{0,30}\d)[a-z0-9][a-z0-9_/.-]{0,38}[a-z0-9]|\d")
"""A number as written: some letter or figure at each end, a figure somewhere."""

ISSUER = re.compile(
    r"(?:^|\n)[ ]*(?:issuer|vendeur|fournisseur|emetteur|prestataire|sold by|seller|supplier|from|verkaufer"
    r"|sprzedawca|service provider|societe emettrice)[ ]{0,2}:[ ]{0,3}\n?(?:\([^)\n]{0,80}\)\n)?([^\n]{2,80})"
)
RECIPIENT = re.compile(
    r"(?:^|\n)[ ]*(?:bill(?:ed)? to(?: address)?|invoice to|sold to|facture a|adresse de facturation|client"
    r"|destinataire|a l'attention de|customer|buyer|acheteur|kaufer[^:\n]{0,30}|nabywca|billing address)[ ]{0,2}"
    r"(?::[ ]{0,3}\n?|\n)([^\n]{2,80})"
)
LEGAL = re.compile(
    r"(?<![\w.])(?:SARL|S\.A\.R\.L\.?|Sarl|SAS|SASU|S\.A\.S\.?|SA|S\.A\.|SCI|SNC|EURL|SCOP|GIE|Ltd\.?|Limited|LLC"
    r"|L\.L\.C\.|LLP|PLC|plc|Inc\.?|Corp\.?|GmbH|AG|B\.V\.|BV|N\.V\.|SpA|S\.p\.A\.|S\.r\.l\.|S\.L\."
    r"|AB|ApS|Oy|sp\. z o\.o\.)(?![\w.])"
)
"""Legal forms, as written."""
