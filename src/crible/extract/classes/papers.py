"""Cues of financial papers."""

from crible.extract.classes.cues import Cues

INVOICE = Cues(
    "invoice",
    title={
        "facture": 3.5, "invoice": 3.5, "note d honoraires": 4, "avoir": 2, "credit note": 4, "receipt": 3, "recu": 1.5,
        "quittance": 3, "rechnung": 3.5, "handelsrechnung": 3.5, "factuur": 3.5, "faktura": 3.5, "votre facture": 2,
        "your invoice": 2,
    },
    text={
        "facture n": 1.5, "numero de facture": 2, "date de facture": 1.5, "date de la facture": 1.5,
        "date d echeance": 1, "total ttc": 1.5, "total ht": 1, "montant ht": 0.7, "net a payer": 1.2,
        "solde a payer": 1, "somme a payer": 1, "conditions de reglement": 1, "mode de reglement": 0.8,
        "modes de reglement": 0.8, "penalites de retard": 1.2, "penalite de retard": 1.2,
        "indemnite forfaitaire de recouvrement": 1.5, "escompte": 0.5, "tva": 0.5, "invoice number": 2,
        "invoice no": 2, "invoice date": 2, "amount due": 1.2, "balance due": 1.5, "bill to": 1.2, "due date": 0.8,
        "payment terms": 0.7, "subtotal": 0.7, "grand total": 1, "total due": 1, "payment receipt": 2,
        "remit": 0.4, "vat": 0.4, "rechnungsnr": 2, "rechnungsdatum": 2, "factuurnummer": 2, "factuurdatum": 2,
        "factuuradres": 1, "vervaldatum": 0.7, "btw": 0.5, "umsatzsteuer": 0.5, "mwst": 0.5,
    },
    traits={"sums": 1, "account": 0.5, "company-number": 0.5, "mail": -1.5, "quoted": -1, "sheet": -1},
)  # fmt: skip

QUOTE = Cues(
    "quote",
    title={
        "devis": 4, "quote": 2.5, "quotation": 4, "estimate": 2.5, "proposition commerciale": 3.5,
        "proposition financiere": 3.5, "offre de prix": 4, "pro forma": 3, "proforma": 3,
    },
    text={
        "devis n": 2, "numero de devis": 2, "date du devis": 1.5, "bon pour accord": 3, "devis valable": 2.5,
        "validite du devis": 2.5, "validite de l offre": 2.5, "offre valable": 2, "valable jusqu au": 1.2,
        "valable 30 jours": 1.5, "quote number": 2, "quotation no": 2, "quotation number": 2, "valid until": 1.2,
        "acompte a la commande": 1.5, "total ttc": 0.8, "total ht": 0.8, "prestations": 0.3,
    },
    traits={"sums": 1, "company-number": 0.3, "mail": -1.5, "quoted": -1},
)  # fmt: skip

ORDER = Cues(
    "order",
    title={"bon de commande": 5, "purchase order": 5, "commande n": 3, "order form": 3},
    text={
        "bon de commande n": 2, "purchase order number": 2.5, "po number": 1, "numero de commande": 1,
        "date de commande": 1, "date de livraison souhaitee": 1.5, "delivery date": 0.7, "ship to": 0.7,
        "fournisseur": 0.7, "quantite": 0.5, "reference": 0.3, "total ht": 0.5,
    },
    traits={"sums": 1, "mail": -1.5, "quoted": -1},
    enough=4.5,
)  # fmt: skip

FORECAST = Cues(
    "forecast",
    title={
        "compte de resultat previsionnel": 6, "budget previsionnel": 6, "plan de tresorerie": 5,
        "plan de financement": 5, "previsionnel": 3.5, "previsionnels": 3.5, "budget": 3, "forecast": 3.5,
        "business plan": 4, "financial projections": 5, "projected income": 4, "projected cash flow": 5,
    },
    text={
        "previsionnel": 1, "previsionnelle": 1, "previsions": 0.7, "forecast": 0.7, "budgeted": 1, "charges": 0.4,
        "produits": 0.4, "recettes": 0.8, "depenses": 0.8, "chiffre d affaires": 0.6, "tresorerie": 0.7,
        "resultat net": 0.7, "resultat previsionnel": 2, "hypotheses": 0.5, "expenses": 0.5, "revenue": 0.5,
        "cash flow": 0.8, "total depenses": 1, "total recettes": 1, "total charges": 1, "total produits": 1,
    },
    traits={"sums": 0.7, "sheet": 1, "figures": 0.7, "mail": -2.5},
)  # fmt: skip

ACCOUNTS = Cues(
    "accounts",
    title={
        "compte de resultat": 4.5, "comptes annuels": 5, "bilan": 2.5, "bilan comptable": 5, "liasse fiscale": 5,
        "balance sheet": 4.5, "income statement": 4.5, "profit and loss": 4.5, "annual accounts": 5,
        "financial statements": 4.5, "grand livre": 4.5, "balance generale": 4.5, "compte de campagne": 4.5,
    },
    text={
        "actif": 0.7, "passif": 0.8, "capitaux propres": 1.5, "amortissements": 1, "immobilisations": 1,
        "exercice clos": 1.5, "total actif": 1.5, "total passif": 1.5, "produits d exploitation": 1.2,
        "charges d exploitation": 1.2, "commissaire aux comptes": 0.7, "expert comptable": 0.7,
        "shareholders equity": 1.5, "depreciation": 0.7, "total assets": 1.5, "total liabilities": 1.5,
        "retained earnings": 1.5, "fiscal year": 0.5, "gross profit": 1, "plan comptable": 1,
    },
    traits={"sums": 0.5, "sheet": 0.7, "figures": 0.7, "mail": -2.5},
)  # fmt: skip

BANK_STATEMENT = Cues(
    "bank-statement",
    title={
        "releve de compte": 5, "extrait de compte": 5, "releve bancaire": 5, "bank statement": 5,
        "account statement": 4.5, "statement of account": 4, "vos releves": 2,
    },
    text={
        "solde crediteur": 2, "solde debiteur": 2, "ancien solde": 2.5, "nouveau solde": 2.5, "solde au": 1,
        "opening balance": 2.5, "closing balance": 2.5, "debit": 0.7, "credit": 0.7, "date de valeur": 1.5,
        "date valeur": 1.5, "date operation": 1, "prelevement": 0.4, "virement": 0.4, "withdrawals": 1,
        "deposits": 0.7, "titulaire du compte": 0.7, "account holder": 0.5, "sort code": 0.7,
    },
    traits={"sums": 0.7, "account": 1, "mail": -2},
    enough=4.5,
)  # fmt: skip

PAYSLIP = Cues(
    "payslip",
    title={
        "bulletin de paie": 6, "bulletin de salaire": 6, "bulletin de paye": 6, "fiche de paie": 5, "payslip": 5.5,
        "pay slip": 5.5, "pay stub": 5.5,
    },
    text={
        "salaire brut": 2, "salaire de base": 2, "net imposable": 2, "net a payer avant impot": 3, "cotisations": 1,
        "cotisations salariales": 2, "csg": 1, "urssaf": 1, "conges payes": 0.7, "matricule": 0.5,
        "convention collective": 1, "gross pay": 2, "net pay": 2, "national insurance": 1.2, "payroll": 0.7,
        "tax code": 1, "employer": 0.3,
    },
    traits={"sums": 0.7, "mail": -2},
    enough=4.5,
)  # fmt: skip

PAPERS = (INVOICE, QUOTE, ORDER, FORECAST, ACCOUNTS, BANK_STATEMENT, PAYSLIP)
