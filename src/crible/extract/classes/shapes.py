"""Cues of classes known by their form rather than by their words: mail, pictures, tables, code."""

from crible.extract.classes.cues import Cues

MAIL = Cues("mail", traits={"mail": 3, "person": 1, "answer": 1, "bulk": -3, "list": -1.5, "robot": -3}, enough=3)
"""Person to person."""

DISCUSSION = Cues(
    "discussion", traits={"list": 3, "answer": 1.5, "person": 0.5, "unsubscribable": -1, "robot": -2}, enough=3
)
"""Mail that people send to a list."""

NEWSLETTER = Cues(
    "newsletter",
    title={"newsletter": 2.5, "lettre d information": 2.5, "la lettre": 1, "digest": 1, "infolettre": 2.5},
    text={
        "se desabonner": 2, "se desinscrire": 2, "desinscription": 1.5, "desabonnement": 1.5, "desabonner": 1,
        "ne plus recevoir": 1.5, "unsubscribe": 1.5, "view in browser": 2, "view this email": 1.5,
        "view online": 1, "version en ligne": 1.5, "dans votre navigateur": 2, "newsletter": 1,
        "vous recevez cet": 1, "you are receiving this": 1.5, "manage your preferences": 1.5,
        "update your preferences": 1.5, "forward to a friend": 1, "follow us": 0.5, "suivez nous": 0.7,
    },
    traits={"bulk": 2, "links": 1, "remote": 0.7, "robot": 0.3, "list": -1.5, "answer": -3, "file": -3},
    enough=4,
)  # fmt: skip

NOTIFICATION = Cues(
    "notification",
    title={
        "alerte": 1.5, "alert": 1.5, "notification": 2, "rappel": 0.7, "reminder": 0.7, "verification": 1.5,
        "mot de passe": 2, "password": 2, "security": 1, "connexion": 1, "sign in": 1.5, "failure notice": 4,
        "undelivered mail": 4, "delivery status notification": 4, "out of office": 3.5, "absence": 1.5,
        "automatic reply": 4, "reponse automatique": 4, "invitation": 1,
    },
    text={
        "ne pas repondre": 2, "ne repondez pas": 2, "merci de ne pas": 0.5, "do not reply": 2, "message automatique": 2,
        "automatically generated": 2, "genere automatiquement": 2, "envoye automatiquement": 2,
        "security alert": 2, "verification code": 2, "code de verification": 2, "reset your password": 2,
        "reinitialiser votre mot de passe": 2, "a partage": 0.5, "shared with you": 1, "has been assigned": 1.5,
        "sent you a": 0.7, "commented on": 1, "mail delivery": 2, "connectez vous": 0.5,
    },
    traits={"robot": 3, "bulk": 0.7, "answer": -1, "file": -4, "list": -1.5},
    enough=3,
)  # fmt: skip

PRESENTATION = Cues("presentation", traits={"slides": 5})
TABLE = Cues("table", traits={"sheet": 3, "figures": 0.5}, enough=3)
"""A sheet of which nothing says more."""
CALENDAR = Cues("calendar", traits={"calendar": 6})
CONTACT = Cues("contact", traits={"card": 6})
PHOTO = Cues("photo", traits={"picture": 1, "camera": 3, "photograph": 1.5}, enough=4)
SCAN = Cues("scan", traits={"scanner": 4, "page-pictures": 4.5, "picture": 0.5, "paper-shaped": 2, "camera": -3})
SCREENSHOT = Cues(
    "screenshot", traits={"picture": 1, "screen-sized": 2.5, "screenshot-program": 3, "camera": -5}, enough=3.5
)
CODE = Cues(
    "code",
    title={"patch": 1.5},
    text={"traceback most recent call last": 3, "diff git": 3, "signed off by": 1.5, "def": 0.3, "endif": 0.5},
    traits={"code-lines": 4, "log-lines": 4, "mail": -2.5},
)
"""Source code and logs."""

SHAPES = (
    MAIL, DISCUSSION, NEWSLETTER, NOTIFICATION, PRESENTATION, TABLE, CALENDAR, CONTACT, PHOTO, SCAN, SCREENSHOT, CODE,
)  # fmt: skip
