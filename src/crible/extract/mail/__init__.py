"""Mail, byte-exact: header fields, MIME structure, text, quotes and attachments of one message (RFC 5322, 2045-2047)."""
