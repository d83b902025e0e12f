"""Mail, byte-exact: header fields, MIME structure, text, quotes and attachments of a message (RFC 5322, 2045-2047)."""

from crible.extract.mail.fields import Field, Header, split_header
from crible.extract.mail.quoting import unquote, unquotings, wire
from crible.extract.mail.read import children, read
from crible.extract.mail.walker import walk

__all__ = ["Field", "Header", "children", "read", "split_header", "unquote", "unquotings", "walk", "wire"]
