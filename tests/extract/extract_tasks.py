"""Entry point of sandboxed children in the tests of readers: one file in, what was made of it out."""

import json

from crible import extract
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.sandbox.window import Window


def prepare():
    extract.prepare()


def run(request, descriptors, emit):
    window = Window.whole(descriptors[0])
    mime = sniff(window, request.decode())
    try:
        reading = read_file(window, mime, request.decode())
    except Unreadable as error:
        return json.dumps({"mime": mime, "state": error.state, "code": error.code, "params": error.params}).encode()
    said = {"mime": mime, "state": "read", "text": reading.text, "pages": reading.file.pages, "lang": reading.language}
    said["defects"] = reading.file.defects
    said["holds"] = any(each.kind in ("file", "object") for each in reading.file.embedded)
    return json.dumps(said).encode()
