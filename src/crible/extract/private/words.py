"""Phrases of private life. Health is told in the first person: a policy on hospitals is no private matter."""

WORDS: dict[str, dict[str, float]] = {
    "private-health": {
        "mon medecin": 1, "ma psychiatre": 1, "mon psychiatre": 1, "mon psy": 1, "ma psy": 1, "ma grossesse": 1,
        "mes analyses": 0.7, "mes resultats d analyse": 1, "prise de sang": 0.7, "mon traitement": 0.7,
        "votre ordonnance": 0.7, "mon ordonnance": 1, "mon arret maladie": 1, "arret de travail": 0.6,
        "resultats d examens": 0.7, "resultats de biologie": 1, "compte rendu operatoire": 1,
        "compte rendu d hospitalisation": 1, "compte rendu de consultation": 1, "dossier medical": 0.7,
        "mon operation": 0.7, "ma chimio": 1, "chimiotherapie": 0.5, "mon cancer": 1, "fausse couche": 1,
        "carte vitale": 0.6, "doctolib": 0.7, "votre rendez vous medical": 1, "mutuelle sante": 0.4,
        "my doctor": 1, "my therapist": 1, "my pregnancy": 1, "my test results": 1, "my surgery": 1,
        "my prescription": 1, "my medication": 1, "my diagnosis": 1, "sick leave": 0.5, "medical record": 0.6,
        "blood test": 0.6, "miscarriage": 0.7, "hiv test": 1,
    },
    "private-minors": {
        "mes enfants": 0.6, "mon fils": 0.6, "ma fille": 0.6, "nos enfants": 0.6, "la maitresse de": 0.7,
        "carnet de liaison": 1, "bulletin scolaire": 1, "baby sitter": 0.8, "nounou": 0.7, "la creche": 0.4,
        "sortie scolaire": 0.7, "parents d eleves": 0.6, "classe de cp": 0.7, "pediatre": 0.8, "my kids": 0.6,
        "my son": 0.6, "my daughter": 0.6, "our kids": 0.6, "babysitter": 0.8, "school trip": 0.6,
        "report card": 0.6, "pediatrician": 0.8, "kindergarten": 0.5,
    },
    "private-intimate": {
        "je t aime": 1, "mon amour": 1, "ma cherie": 0.8, "mon cheri": 0.8, "mon coeur": 0.6, "tu me manques": 0.8,
        "i love you": 0.8, "my love": 0.8, "sweetheart": 0.6, "miss you so": 0.7, "notre divorce": 1,
        "mon divorce": 1, "ma separation": 0.7, "our divorce": 1, "my divorce": 1, "ma maitresse": 0.7,
        "site de rencontre": 0.8, "dating": 0.3, "tu me plais": 0.8, "bisous mon": 0.7, "love you": 0.7,
    },
    "private-shop": {
        "votre commande": 0.7, "confirmation de commande": 0.7, "merci pour votre commande": 1,
        "merci de votre commande": 1, "suivi de votre colis": 1, "votre colis": 0.8, "your order": 0.5,
        "order confirmation": 0.7, "thank you for your order": 1, "has shipped": 0.7, "your package": 0.8,
        "votre panier": 0.7, "carte de fidelite": 0.7, "points fidelite": 0.7,
    },
    "private-banking": {
        "mon compte bancaire": 0.7, "votre releve de compte": 0.8, "votre compte courant": 0.7, "mon salaire": 0.7,
        "ma fiche de paie": 0.8, "mon decouvert": 0.8, "mes impots": 0.7, "avis d imposition": 0.7,
        "declaration de revenus": 0.5, "credit immobilier": 0.5, "mon pret": 0.5, "my bank account": 0.7,
        "my salary": 0.7, "my mortgage": 0.7, "my tax return": 0.7, "mon loyer": 0.6, "notre appartement": 0.4,
        "pension alimentaire": 0.8, "votre epargne": 0.5, "livret a": 0.5,
    },
    "private-family": {
        "maman": 0.5, "papa": 0.5, "mamie": 0.5, "papy": 0.4, "ma femme": 0.4, "mon mari": 0.4, "my wife": 0.4,
        "my husband": 0.4, "bisous": 0.5, "gros bisous": 0.8, "joyeux anniversaire": 0.5, "happy birthday": 0.5,
        "vacances en famille": 0.7, "mum": 0.4, "my mom": 0.5, "grandma": 0.5, "xoxo": 0.6, "mon frere": 0.4,
        "ma soeur": 0.4, "enterrement": 0.4, "obseques": 0.4, "nos vacances": 0.5,
    },
}  # fmt: skip
"""Message key of the clue, then folded phrases with their weights; 1 speaks by itself."""
