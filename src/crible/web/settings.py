"""Django settings of the desk. Where it keeps its own database and key is set by `crible.web.server` as it starts."""

import secrets
from typing import Any

from csp.constants import NONE, SELF

from crible.store.settings import *  # noqa: F403

# A fresh key per process until the desk puts its own in place: importing settings must not write to anybody's disk.
SECRET_KEY = secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DATABASES: dict[str, dict[str, Any]] = {  # type: ignore[no-redef]
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        # Several people write at once: a transaction takes its turn as it begins, instead of failing in the middle.
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
AUTH_USER_MODEL = "review.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

# Where people reach the desk, when a team does: `crible.web.address.apply` sets these and what depends on them.
DESK_URL = ""
DESK_EXPOSED = False
DESK_HSTS = 0

INSTALLED_APPS = [
    "crible.store",
    "crible.review",
    "crible.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "crible.web.middleware.headers.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crible.web.middleware.visits.Visits",
    "crible.web.middleware.faults.Faults",
    "crible.web.middleware.entrance.Entrance",
]
ROOT_URLCONF = "crible.web.urls"
CSRF_FAILURE_VIEW = "crible.web.views.entrance.csrf_failure"
TAGS = ("moments", "edges", "evidence", "names", "roles", "comparing", "accounts", "reading", "marks")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["crible.web.context.desk"],
            "builtins": [f"crible.web.templatetags.{name}" for name in TAGS],
        },
    }
]

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "crible_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

SESSION_COOKIE_NAME = "crible_desk"
SESSION_ENGINE = "crible.web.sessions"
# The longest a session lasts; that an idle one ends earlier, and any at once, is `crible.review.sessions`'.
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
# Strict would drop the cookie on the redirect of a link clicked in a web page (a terminal in the browser, a chat), and
# the visitor, let in, would be told he is not. Under Lax only plain visits carry it, and a visit changes nothing.
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = False
"""To this machine the desk speaks plain HTTP, and a Secure cookie would never come back."""
CSRF_COOKIE_NAME = "crible_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 65_536
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"terminal": {"class": "logging.StreamHandler"}},
    "loggers": {
        # A defect of ours is told where the desk was started; addresses that lead nowhere are not.
        "django.request": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "propagate": False},
        # Log-ins refused too often. No line holds a password, a token, or a name that nobody has.
        "crible.desk": {"handlers": ["terminal"], "level": "INFO", "propagate": False},
    },
}
