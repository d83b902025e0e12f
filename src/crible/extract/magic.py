"""First bytes of binary formats (IANA media types where one is registered, else the customary x- name)."""

Magic = tuple[int, bytes, str]

MAGIC: tuple[Magic, ...] = (
    # documents
    (0, b"%PDF-", "application/pdf"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"%!PS", "application/postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"\xffWPC", "application/vnd.wordperfect"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "application/onenote"),
    (0, b"\x31\xbe\x00\x00\x00\xab", "application/msword"),
    (0, b"\xdb\xa5\x2d\x00", "application/msword"),
    (0, b"\x09\x08\x10\x00\x00\x06", "application/vnd.ms-excel"),
    (0, b"\x09\x08\x08\x00\x00\x05", "application/vnd.ms-excel"),
    (0, b"\x09\x04\x06\x00", "application/vnd.ms-excel"),
    (0, b"\x09\x02\x06\x00", "application/vnd.ms-excel"),
    (0, b"\x09\x00\x04\x00", "application/vnd.ms-excel"),
    (0, b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (0, b"ITSF", "application/vnd.ms-htmlhelp"),
    (0, b"AC10", "image/vnd.dwg"),
    # images
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (6, b"HEAPCCDR", "image/x-canon-crw"),
    (0, b"FUJIFILMCCD-RAW", "image/x-fuji-raf"),
    (0, b"IIU\0", "image/x-panasonic-rw2"),
    (0, b"IIRO", "image/x-olympus-orf"),
    (0, b"IIRS", "image/x-olympus-orf"),
    (0, b"\xff\x01Exiv2", "image/x-exv"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51", "image/x-jp2-codestream"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"\0\0\x01\0", "image/vnd.microsoft.icon"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\x01\x00\x09\x00\x00\x03", "image/wmf"),
    (40, b" EMF", "image/emf"),
    (0, b"gimp xcf", "image/x-xcf"),
    # sound and film
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"OggS", "application/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"MThd", "audio/midi"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (0, b"\0\0\x01\xb3", "video/mpeg"),
    # archives and disk images
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"LZIP", "application/x-lzip"),
    (0, b"\x1f\x9d", "application/x-compress"),
    (0, b"\x5d\x00\x00", "application/x-lzma"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (0, b"!<arch>\n", "application/x-archive"),
    (0, b"070701", "application/x-cpio"),
    (0, b"070707", "application/x-cpio"),
    (0, b"\xed\xab\xee\xdb", "application/x-rpm"),
    (257, b"ustar", "application/x-tar"),
    (2, b"-lh", "application/x-lzh-compressed"),
    (0, b"SIT!", "application/x-stuffit"),
    (0, b"StuffIt", "application/x-stuffit"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"PK\x07\x08", "application/zip"),
    # mail stores and databases
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"\xcf\xad\x12\xfe", "application/x-outlook-express"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (4, b"Standard Jet DB", "application/vnd.ms-access"),
    (4, b"Standard ACE DB", "application/vnd.ms-access"),
    (0, b"\x03\xd9\xa2\x9a", "application/x-keepass"),
    # programs, fonts, system files
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"\0asm", "application/wasm"),
    (0, b"OTTO", "font/otf"),
    (0, b"\0\x01\0\0\0", "font/ttf"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"\x4c\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (0, b"bplist00", "application/x-bplist"),
    (0, b"\0\x05\x16\x07", "multipart/appledouble"),
    (0, b"\0\0\0\x01Bud1", "application/x-apple-ds-store"),
    (0, b"regf", "application/x-windows-registry"),
)

RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"CDR": "application/vnd.corel-draw"}
FORM = {b"AIFF": "audio/aiff", b"AIFC": "audio/aiff"}
FTYP = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
    b"crx ": "image/x-canon-cr3",
}
PKCS7 = {
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02": "application/pkcs7-signature",
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03": "application/pkcs7-mime",
}
"""Object identifiers signedData and envelopedData (RFC 5652 §4), near the start of the DER."""

OOXML_ENCRYPTED = "application/x-ooxml-encrypted"
OLE2 = (
    ("EncryptedPackage", OOXML_ENCRYPTED),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("PP40", "application/x-powerpoint-4"),
    ("PP97_DUALSTORAGE", "application/vnd.ms-powerpoint"),
    ("VisioDocument", "application/vnd.visio"),
    ("Quill", "application/x-mspublisher"),
)
"""Root streams of OLE2 files, first match wins ([MS-OFFCRYPTO] §2.3.4.4, [MS-OXMSG], [MS-DOC], [MS-XLS], [MS-PPT])."""


def by_magic(head: bytes) -> str:
    """The media type whose first bytes these are; empty if none."""
    for offset, magic, mime in MAGIC:
        if head.startswith(magic, offset):
            return mime
    return _tagged(head) or _bitmap(head)


def _tagged(head: bytes) -> str:
    if head.startswith(b"RIFF"):
        return RIFF.get(head[8:12]) or RIFF.get(head[8:11], "application/x-riff")
    if head.startswith(b"FORM"):
        return FORM.get(head[8:12], "")
    if head.startswith(b"ftyp", 4):
        return FTYP.get(head[8:12], "video/mp4")
    if head.startswith(b"\x30"):
        return next((mime for oid, mime in PKCS7.items() if oid in head[:32]), "")
    return ""


def _bitmap(head: bytes) -> str:
    """`BM` alone begins many a text; the header's reserved zeros and its length field settle it."""
    if head.startswith(b"BM") and head[6:10] == bytes(4) and head[14:18] in _DIB:
        return "image/bmp"
    return ""


_DIB = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))
