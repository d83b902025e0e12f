"""What mail programs write into identifiers, moments included, in the forms that real ones use.

Each takes `noise`, bytes of a hash that stand for the program's random numbers, so that a run writes the same bytes.
"""

import base64
from datetime import datetime, timedelta

from crible.demo.forgeries.moments import filetime, micros

SITES = ("DB6PR0401MB2345", "VI1PR0902MB1981", "AM5PR0601MB2498", "HE1PR0702MB3609")
CELLS = {"DB6PR0401MB2345": "eurprd04", "VI1PR0902MB1981": "eurprd09", "AM5PR0601MB2498": "eurprd06",
         "HE1PR0702MB3609": "eurprd07"}  # fmt: skip


def gmail_message_id(noise: bytes) -> str:
    """`CA`, 48 letters of base64url with an equals or plus sign among them, `@mail.gmail.com`."""
    text = base64.urlsafe_b64encode(noise).decode().replace("=", "")
    return f"<CA{text[:3]}{'=+'[noise[0] & 1]}{text[3:25]}{'=+'[noise[1] & 1]}{text[17:38]}@mail.gmail.com>"


def gmail_boundary(at: datetime, noise: bytes) -> str:
    """28 hex digits: twelve of a prefix, the low six and the high eight of the microseconds, two more."""
    stamp = f"{micros(at):014x}"
    prefix = ("001a11", "94eb2c", "f403045")[noise[0] % 3]
    return f"{(prefix + noise.hex())[:12]}{stamp[8:]}{stamp[:8]}{noise[5]:02x}"


def gmail_received_id(at: datetime, noise: bytes) -> str:
    """`68mr1234567wmf.38.1489482137337`: the last number is milliseconds."""
    pool = "abcdefghijklmnopqrstuvwxyz"
    tail = "".join(pool[value % 26] for value in noise[:3])
    number = int.from_bytes(noise[3:6]) % 9000000 + 1000000
    return f"{noise[6] % 90 + 10}mr{number}{tail}.{noise[7] % 200}.{micros(at) // 1000}"


def google_mx_id(at: datetime, noise: bytes) -> str:
    """`a5si1234567wrb.12.2017.03.14.01.02.03`, by the clocks given."""
    pool = "abcdefghijklmnopqrstuvwxyz"
    tail = "".join(pool[value % 26] for value in noise[:3])
    return f"{pool[noise[4] % 26]}{noise[5] % 9 + 1}si{int.from_bytes(noise[3:6]) % 9000000 + 1000000}{tail}." + (
        f"{noise[7] % 300}.{at:%Y.%m.%d.%H.%M.%S}"
    )


def gm_number(at: datetime, noise: bytes) -> int:
    """X-GM-MSGID and X-GM-THRID: milliseconds above 20 bits of something else."""
    return (micros(at) // 1000 << 20) | int.from_bytes(noise[:3]) & 0xFFFFF


def exchange_site(noise: bytes) -> str:
    """A mailbox server's name."""
    return SITES[noise[9] % len(SITES)]


def exchange_message_id(site: str, noise: bytes) -> str:
    """`<SITE` and 20 hex digits and `0@SITE.CELL.prod.outlook.com>`."""
    return f"<{site}{noise.hex().upper()[:20]}0@{site}.{CELLS[site]}.prod.outlook.com>"


def exchange_boundary(site: str, noise: bytes, number: int) -> str:
    """`_000_SITE…SITEeurp_`."""
    return f"_{number:03}_{site}{noise.hex().upper()[:20]}0{site}eurp_"


def outlook_message_id(at: datetime, noise: bytes, domain: str) -> str:
    """`<000001d29a1b$2f3c4a10$8db4de30$@domain>`: a Windows file time in its first two numbers."""
    stamp = filetime(at)
    return f"<{noise[8] % 64:04x}{stamp >> 32:08x}${stamp & 0xFFFFFFFF:08x}${noise.hex()[:8]}$@{domain}>"


def next_part(at: datetime, noise: bytes, number: int) -> str:
    """`----=_NextPart_000_0012_01D29A1B.2F3C4A10`: a Windows file time again."""
    stamp = filetime(at)
    return f"----=_NextPart_{number:03}_{noise[7]:04X}_{stamp >> 32:08X}.{stamp & 0xFFFFFFFF:08X}"


def apple_uuid(noise: bytes) -> str:
    """A random UUID in capitals."""
    return uuid(noise).upper()


def uuid(noise: bytes) -> str:
    """A random UUID (RFC 4122 §4.4)."""
    text = noise.hex()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[noise[8] % 4]}{text[17:20]}-{text[20:32]}"


def thunderbird_message_id(at: datetime, noise: bytes, domain: str, *, old: bool) -> str:
    """`<58C7A5F2.3010508@domain>`, seconds in hex, until version 38; a UUID since."""
    if not old:
        return f"<{uuid(noise)}@{domain}>"
    digits = "".join(f"{value % 10}0" for value in noise[:3])
    return f"<{int(at.timestamp()):08X}.{noise[4] % 9 + 1}{digits}@{domain}>"


def thunderbird_boundary(noise: bytes, *, old: bool) -> str:
    """Twelve dashes and 24 digits, hex ones since version 45."""
    digits = "".join(f"0{value % 9 + 1}" for value in noise[:12])
    return f"------------{digits if old else noise.hex().upper()[:24]}"


def java_message_id(at: datetime, noise: bytes, host: str) -> str:
    """`<1862054811.7651.1489482137337.JavaMail.www@HOST>`: milliseconds in the third number."""
    return f"<{int.from_bytes(noise[:4]) >> 1}.{noise[4] * 37}.{micros(at) // 1000}.JavaMail.www@{host}>"


def java_boundary(at: datetime, noise: bytes, number: int) -> str:
    """`----=_Part_7650_1182937465.1489482137334`."""
    return f"----=_Part_{noise[4] * 37 + number}_{int.from_bytes(noise[1:5]) >> 1}.{micros(at) // 1000 - 3}"


def thread_index(at: datetime, noise: bytes) -> bytes:
    """The first 22 bytes of a conversation's index (MS-OXOMSG §2.2.1.3): six of a file time, a GUID."""
    return filetime(at).to_bytes(8)[:6] + noise[:16]


def thread_child(index: bytes, at: datetime, noise: bytes) -> bytes:
    """The index with five bytes for a reply: the time since the block before it in units of 2**18, then noise.

    The specification counts from the root; programs count from the last reply.
    """
    last = int.from_bytes(index[:6]) << 16
    for start in range(22, len(index), 5):
        word = int.from_bytes(index[start : start + 5]) >> 8
        last += (word & 0x7FFFFFFF) << (23 if word >> 31 else 18)
    since = max(0, filetime(at) - last)
    far = since >> 49 > 0
    value = (far << 31 | (since >> (23 if far else 18)) & 0x7FFFFFFF) << 8 | noise[3]
    return index + value.to_bytes(5)


def later(at: datetime, noise: bytes) -> datetime:
    """A moment under a second after: programs number their parts one after the other."""
    return at + timedelta(microseconds=int.from_bytes(noise[:2]) * 7)
