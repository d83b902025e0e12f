"""Django settings for the store alone: enough for the ORM, no site. `crible.web.settings` builds on them."""

import os
from pathlib import Path

SECRET_KEY = "the store signs nothing"  # noqa: S105
INSTALLED_APPS = ["crible.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
DESK = Path(os.environ.get("CRIBLE_DESK", ":memory:"))
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DESK)}}
DATABASE_ROUTERS = ["crible.store.router.FactsRouter"]
