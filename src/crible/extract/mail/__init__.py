"""Mail, byte-exact: header fields, MIME structure, text, quotes and attachments of a message (RFC 5322, 2045-2047)."""
