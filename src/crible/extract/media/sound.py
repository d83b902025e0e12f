"""Sound files: MP3, FLAC, Ogg, WAV, WMA, AIFF. Tags and duration by tinytag."""

from tinytag import TinyTag

from crible.extract.guard import reading
from crible.extract.media import said, seconds, stated, told
from crible.extract.sniff import sniff
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.sandbox.window import Window

_WORDS = ("title", "artist", "albumartist", "album", "composer", "genre", "comment")
_MORE = ("lyrics", "description", "copyright", "performer", "url")


def read(window: Window) -> Reading:
    """Title, artist, album, comment, lyrics as text; year as written, encoder, duration and the like as facts."""
    with reading("tinytag"):
        tag = TinyTag.get(file_obj=window.stream())
    other = {key: ", ".join(map(str, values))[:4000] for key, values in tag.other.items() if values}
    words = [str(getattr(tag, name) or "")[:4000] for name in _WORDS]
    made = other.get("encoder_settings") or other.get("encoded_by") or other.get("software") or ""
    year = str(tag.year or "")
    made_on = stated(year)
    facts = FileFacts(
        title=str(tag.title or "")[:500],
        author=str(tag.artist or "")[:500],
        application=made[:200],
        instants=(made_on,) if made_on else (),
        properties=said(
            duration=seconds(tag.duration),
            bitrate=round(tag.bitrate) if tag.bitrate else "",
            samplerate=tag.samplerate,
            channels=tag.channels,
            year=year[:40],
        ),
    )
    return told(sniff(window), facts, *words, *(other.get(name, "") for name in _MORE))
