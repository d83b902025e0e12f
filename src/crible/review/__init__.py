"""What people do with a case: who may do what, marks, decisions, searches kept, and the log of it all.

It lives in the desk's own database and speaks of documents by (case uuid, SHA-256) only: facts are never written here.
"""
