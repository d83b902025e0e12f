"""Short words for what a document is, for facets and tables; the media type stays beside them."""

TYPES = {
    "message/rfc822": "mail",
    "text/plain": "text",
    "text/html": "html",
    "text/csv": "csv",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
}


def short_type(mime: str, container: str = "") -> str:
    """One short word: a known format's usual name, else the media type's family, else `other`."""
    if mime in TYPES:
        return TYPES[mime]
    if container:
        return container
    family = mime.partition("/")[0]
    return family if family in {"image", "audio", "video", "text"} else "other"
