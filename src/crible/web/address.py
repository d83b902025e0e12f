"""How people reach the desk: on this machine only, or as a team by an address of its own."""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from crible.model.errors import InputError

LOOPBACK = "127.0.0.1"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk listens and what it is called."""

    listen: str = LOOPBACK
    url: str = ""
    """Scheme, host and port that people type; empty where only this machine reaches the desk."""
    host: str = ""
    """Of `url`, without port."""
    proxy: str = ""
    """Address of the one machine whose X-Forwarded-For and -Proto are believed."""

    @property
    def encrypted(self) -> bool:
        """Whether people reach it by https."""
        return self.url.startswith("https:")

    @property
    def exposed(self) -> bool:
        """Whether other machines reach it, and without encryption."""
        return not self.encrypted and not (_loopback(self.listen) and _loopback(self.host or LOOPBACK))


def address(url: str = "", listen: str = LOOPBACK, proxy: str = "", *, insecure: bool = False) -> Address:
    """The options of `crible serve`, checked together. InputError for what nobody could reach or everybody could read.

    https is spoken by a server in front, which must be named: believing whoever writes X-Forwarded-For would let one
    machine try passwords as a thousand.
    """
    if not url:
        if not _loopback(listen):
            raise InputError("serve-url-missing", host=listen)
        return Address(listen)
    scheme, host, origin = _parts(url)
    found = Address(listen, origin, host, proxy)
    if proxy and not _ip(proxy):
        raise InputError("serve-proxy", proxy=proxy)
    if scheme == "https" and not proxy:
        raise InputError("serve-proxy-missing", url=origin)
    if found.exposed and not insecure:
        raise InputError("serve-insecure", url=origin)
    return found


def apply(found: Address) -> None:
    """Have Django answer under that address only, with cookies as strict as it allows."""
    settings.DESK_URL = found.url
    settings.DESK_EXPOSED = found.exposed
    settings.DESK_HSTS = YEAR if found.encrypted else 0
    settings.ALLOWED_HOSTS = [found.host] if found.host else [LOOPBACK, "localhost"]
    settings.CSRF_TRUSTED_ORIGINS = [found.url] if found.url else []
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = found.encrypted
    # __Host-: a browser takes it from this very host by https only, so that no neighbouring subdomain can plant one.
    prefix = "__Host-" if found.encrypted else ""
    settings.SESSION_COOKIE_NAME = f"{prefix}crible_desk"
    settings.CSRF_COOKIE_NAME = f"{prefix}crible_csrf"


def listening(found: Address) -> dict[str, Any]:
    """What waitress is told: forwarded headers count from the proxy alone, and are taken off anybody else's request."""
    options: dict[str, Any] = {"host": found.listen, "clear_untrusted_proxy_headers": True}
    if found.proxy:
        options |= {
            "trusted_proxy": found.proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return options


def _parts(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError) as error:
        raise InputError("serve-url", url=url) from error
    extra = parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in ("http", "https") or not host or extra or "*" in host:
        raise InputError("serve-url", url=url)
    named = f"[{host}]" if ":" in host else host
    usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return parts.scheme, named, f"{parts.scheme}://{named}" + ("" if usual else f":{port}")


def _ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _loopback(host: str) -> bool:
    bare = host.strip("[]")
    return bare == "localhost" or (_ip(bare) and ipaddress.ip_address(bare).is_loopback)
