"""What can be said of a box rather than of one document: whose it seems to be, what is absent, traces of intrusion.

Pure functions over facts; `crible.sift.remarks` feeds them and stores what they say. Nothing here grades a document.
"""
