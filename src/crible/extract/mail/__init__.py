"""Mail, byte-exact: header fields, MIME structure, text, quotes and attachments of a message (RFC 5322, 2045-2047).

Nothing is exported here: who wants a constant or the header fields need not load what reads a whole message (`read`).
"""
