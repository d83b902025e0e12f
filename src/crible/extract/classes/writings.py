"""Cues of what people write: contracts, notes, speeches, articles, letters and the like."""

from crible.extract.classes.cues import Cues

CONTRACT = Cues(
    "contract",
    title={
        "contrat": 3.5, "contract": 3, "convention": 2.5, "bail": 3, "agreement": 3, "avenant": 3.5,
        "accord de confidentialite": 5, "non disclosure agreement": 5, "lease": 2.5, "conditions generales": 3,
        "terms and conditions": 3, "license agreement": 4,
    },
    text={
        "entre les soussignes": 3.5, "d une part": 1, "d autre part": 0.7, "ci apres denomme": 2.5,
        "ci apres denommee": 2.5, "ci apres designe": 2, "il a ete convenu": 2.5, "article 1": 1, "article 2": 0.7,
        "les parties": 1, "le prestataire": 0.7, "resiliation": 1, "en deux exemplaires": 2.5, "lu et approuve": 2,
        "droit applicable": 1.5, "tribunal competent": 1, "tribunaux competents": 1, "the parties": 1,
        "hereinafter": 2.5, "hereby": 1, "in witness whereof": 3.5, "governing law": 2, "termination": 0.7,
        "this agreement": 1.5, "party of the": 1, "indemnify": 1, "the licensee": 1,
    },
    traits={"mail": -2.5},
)  # fmt: skip

NOTE = Cues(
    "note",
    title={
        "note": 2.5, "memo": 3.5, "memorandum": 3.5, "note de synthese": 5, "note d information": 4.5,
        "note interne": 5, "note a l attention": 5, "note pour": 4, "fiche": 2, "briefing": 3, "policy brief": 4.5,
        "executive summary": 3, "note de cadrage": 5,
    },
    text={
        "a l attention de": 0.7, "executive summary": 1.5, "en resume": 0.5, "points cles": 0.7, "enjeux": 0.7,
        "contexte": 0.6, "recommandations": 0.8, "recommendations": 0.8, "background": 0.4, "key points": 0.8,
        "propositions": 0.4, "confidentiel": 0.5, "confidential": 0.4, "objet": 0.4, "diagnostic": 0.4,
        "mise en oeuvre": 0.4,
    },
    traits={"mail": -2.5, "slides": -3, "sheet": -2},
    enough=3.5,
)  # fmt: skip

MINUTES = Cues(
    "minutes",
    title={
        "compte rendu": 4.5, "cr de reunion": 5, "cr reunion": 5, "proces verbal": 4.5, "minutes": 3,
        "releve de decisions": 5, "meeting notes": 4, "minutes of the": 4,
    },
    text={
        "etaient presents": 3, "presents": 0.7, "absents excuses": 2.5, "ordre du jour": 1.5, "excuses": 0.4,
        "la seance est levee": 3, "la seance est ouverte": 2.5, "prochaine reunion": 1, "attendees": 1.5,
        "in attendance": 2, "apologies": 0.7, "action items": 1.5, "motion carried": 2.5, "meeting was called": 2.5,
        "adjourned": 2, "secretaire de seance": 3, "tour de table": 1, "releve de decisions": 2,
    },
    traits={"mail": -1.5, "slides": -3},
)  # fmt: skip

SPEECH = Cues(
    "speech",
    title={"discours": 4.5, "allocution": 5, "speech": 4, "remarks by": 4.5, "prononce": 1, "verbatim": 2},
    text={
        "seul le prononce fait foi": 5, "check against delivery": 5, "mesdames et messieurs": 2,
        "mesdames messieurs": 1.5, "ladies and gentlemen": 2, "mes chers compatriotes": 4, "mes chers amis": 1.5,
        "chers concitoyens": 2.5, "mes amis": 0.7, "my fellow": 2, "vive la republique": 3.5, "vive la france": 3.5,
        "applause": 1, "applaudissements": 1.5, "god bless": 2, "monsieur le president": 0.7,
    },
    traits={"mail": -2, "slides": -2},
)  # fmt: skip

ARTICLE = Cues(
    "article",
    text={
        "publie le": 1.2, "mis a jour le": 1.2, "temps de lecture": 2, "article reserve aux abonnes": 3.5,
        "lire aussi": 2, "par notre correspondant": 3, "notre envoye special": 3, "selon nos informations": 2,
        "avec afp": 2.5, "afp": 1, "reuters": 1, "associated press": 1, "by our correspondent": 3, "staff writer": 2.5,
        "read more": 0.7, "min read": 2, "all rights reserved": 0.4, "tous droits reserves": 0.4,
        "a declare": 0.6, "a affirme": 0.5, "revue de presse": 1.5, "told reporters": 1.5, "spokesman": 0.5,
        "subscribers only": 3, "propos recueillis par": 3,
    },
    traits={"mail": -2.5, "page": 1, "slides": -3},
)  # fmt: skip

RELEASE = Cues(
    "press-release",
    title={
        "communique de presse": 6, "communique": 3.5, "press release": 6, "for immediate release": 6,
        "pour diffusion immediate": 6, "dossier de presse": 5, "media advisory": 5, "news release": 5,
    },
    text={
        "contact presse": 3, "contacts presse": 3, "service de presse": 1.5, "press contact": 3, "media contact": 3,
        "notes to editors": 3.5, "communique de presse": 2, "press release": 2, "for immediate release": 3,
        "sous embargo": 2, "under embargo": 2,
    },
    traits={"mail": -1},
    enough=4.5,
)  # fmt: skip

CV = Cues(
    "cv",
    title={"curriculum vitae": 6, "cv": 3.5, "resume": 2, "lebenslauf": 5},
    text={
        "experience professionnelle": 2.5, "experiences professionnelles": 2.5, "formation": 0.7, "competences": 0.8,
        "centres d interet": 2, "langues": 0.6, "langue maternelle": 1.5, "permis b": 1.5, "baccalaureat": 0.7,
        "work experience": 2.5, "professional experience": 2.5, "employment history": 2.5, "education": 0.7,
        "skills": 0.8, "references available": 2.5, "hobbies": 1, "date of birth": 0.4, "linkedin com": 0.5,
        "native speaker": 0.7, "anglais courant": 1.5, "fluent": 0.4,
    },
    traits={"mail": -3, "slides": -3},
    enough=4.5,
)  # fmt: skip

BOOKING = Cues(
    "booking",
    title={
        "billet": 3, "e billet": 5, "reservation": 2.5, "booking": 2.5, "e ticket": 5, "ticket": 1.5, "voucher": 3,
        "boarding pass": 6, "carte d embarquement": 6, "itinerary": 3.5, "confirmation de reservation": 5,
        "booking confirmation": 5, "votre voyage": 3.5, "votre reservation": 4, "your trip": 3,
    },
    text={
        "reference de reservation": 2.5, "numero de reservation": 2.5, "booking reference": 2.5,
        "reservation number": 2.5, "confirmation number": 1.2, "reference dossier": 1.5, "passager": 1.5,
        "passagers": 1.2, "passenger": 1.5, "check in": 0.8, "check out": 0.8, "arrivee": 0.4, "depart": 0.4,
        "arrival": 0.5, "departure": 0.6, "flight": 0.8, "vol": 0.3, "voiture": 0.3, "aller simple": 1.5,
        "aller retour": 0.8, "siege": 0.3, "seat": 0.5, "pnr": 1.5, "gate": 0.4, "nuits": 0.6, "nights": 0.6,
    },
    traits={"mail": -0.5, "quoted": -1.5},
    enough=4.5,
)  # fmt: skip

PURCHASE = Cues(
    "purchase",
    title={
        "votre commande": 4, "confirmation de commande": 5, "order confirmation": 5, "your order": 4,
        "expedition de votre commande": 5, "colis": 2.5, "has shipped": 3.5, "a ete expedie": 3, "votre achat": 4,
        "your purchase": 4,
    },
    text={
        "merci pour votre commande": 3, "merci de votre commande": 3, "thank you for your order": 3,
        "adresse de livraison": 1.2, "shipping address": 1, "suivre votre colis": 2.5, "suivi de commande": 2,
        "track your package": 2.5, "numero de commande": 1.2, "order number": 1.2, "livraison estimee": 1.5,
        "estimated delivery": 1.5, "articles commandes": 1.5, "panier": 0.8, "frais de livraison": 1,
    },
    traits={"sums": 0.5, "robot": 1, "bulk": 0.3, "quoted": -1.5},
    enough=4.5,
)  # fmt: skip

FORM = Cues(
    "form",
    title={
        "formulaire": 5, "bulletin d adhesion": 5, "bulletin d inscription": 5, "fiche d inscription": 5,
        "demande d": 1, "cerfa": 5, "application form": 5, "registration form": 5, "questionnaire": 3, "form": 2,
        "attestation": 3, "procuration": 3,
    },
    text={
        "cerfa": 2, "cocher": 1.5, "cochez": 1.5, "please tick": 2.5, "check all that apply": 2.5, "a remplir": 1.5,
        "a completer": 1, "please complete": 1.2, "en lettres capitales": 2.5, "block letters": 2.5,
        "nom prenom": 1, "nom et prenom": 0.8, "je soussigne": 2, "je soussignee": 2, "the undersigned": 1.5,
        "signature": 0.6, "fait a": 0.7, "date de naissance": 0.5, "code postal": 0.4,
    },
    traits={"blanks": 2, "mail": -2.5},
    enough=4.5,
)  # fmt: skip

LETTER = Cues(
    "letter",
    title={"lettre": 2, "courrier": 2, "letter": 2, "lettre de motivation": 4.5, "cover letter": 4.5},
    text={
        "veuillez agreer": 3, "je vous prie d agreer": 3.5, "nous vous prions d agreer": 3.5,
        "je vous prie de croire": 3.5, "veuillez croire": 2.5, "veuillez recevoir": 2.5,
        "salutations distinguees": 2.5, "sentiments distingues": 2, "sentiments les meilleurs": 2,
        "consideration distinguee": 2, "lettre recommandee": 1.5, "madame monsieur": 1, "yours sincerely": 3.5,
        "yours faithfully": 3.5, "sincerely yours": 3, "sincerely": 1.5, "dear sir": 2, "dear madam": 2, "dear": 0.5,
        "objet": 0.5, "to whom it may concern": 3,
    },
    traits={"mail": -4, "slides": -3, "sheet": -3},
    enough=3.5,
)  # fmt: skip

WRITINGS = (CONTRACT, NOTE, MINUTES, SPEECH, ARTICLE, RELEASE, CV, BOOKING, PURCHASE, FORM, LETTER)
