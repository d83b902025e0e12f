"""What servers do to a mail: trace fields of the sending and the receiving side (RFC 5321 §4.4), and signatures."""

import base64
from dataclasses import replace
from datetime import datetime, timedelta

from crible.demo.cast import House
from crible.demo.compose import Mail, date_text
from crible.demo.forgeries import identifiers as ids
from crible.demo.forgeries.draft import Draft, Sent
from crible.demo.forgeries.hosts import TRANSIT, Host
from crible.demo.forgeries.moments import europe, pacific
from crible.demo.forgeries.people import Person
from crible.demo.keys import key_of
from crible.demo.signer import dkim_field

UNCLOCKED = frozenset({"google", "microsoft"})
"""Carriers whose signatures have no t=."""


def submitted(sent: Sent, at: datetime) -> Mail:
    """The mail as the sender's server takes it in, at a moment of the server's own clock."""
    draft, host = sent.draft, sent.draft.sender.host
    match host.carrier:
        case "google":
            return sent.mail.on_top(*_to_google(draft, at))
        case "microsoft":
            return sent.mail.on_top(*_to_microsoft(draft, at))
        case "webmail":
            trace = f"Received: from wwinf1d07 ([10.223.67.7])\r\n\tby mwinf5d44 with ME\r\n\tid {_word(draft)};"
        case "exim":
            trace = (
                f"Received: from [203.0.113.{draft.noise('ip')[0]}] (helo=poste)\r\n"
                f"\tby smtp.{host.domain} with esmtpsa (TLS1.2:ECDHE_RSA_AES_128_GCM_SHA256:128)\r\n"
                f"\t(Exim 4.87)\r\n\tid {_exim(draft)};"
            )
        case _:
            trace = (
                f"Received: from [192.168.1.{draft.noise('ip')[0]}] (unknown [203.0.113.{draft.noise('ip')[1]}])\r\n"
                f"\tby smtp.{host.domain} (Postfix) with ESMTPSA id {draft.noise('queue').hex().upper()[:11]};"
            )
    return sent.mail.on_top(f"{trace}\r\n\t{date_text(europe(at, draft.sender.zone))}\r\n".encode())


def signed(mail: Mail, host: Host, seed: int, at: datetime, hand: str = "") -> Mail:
    """The mail with its domain's signature on top, and Google's own where Google carries it; `hand`: another's key."""
    stamp = 0 if host.carrier in UNCLOCKED else int(at.timestamp())
    if host.carrier == "google":
        mail = mail.on_top(transit(mail, seed))
    return mail.on_top(signature(mail, host.house, seed, stamp, hand))


def signature(mail: Mail, house: House, seed: int, stamp: int, hand: str = "") -> bytes:
    """A DKIM-Signature field over a mail as it stands."""
    return dkim_field(mail.fields, mail.body, house, key_of(house, seed, hand), stamp)


def transit(mail: Mail, seed: int) -> bytes:
    """Google's X-Google-DKIM-Signature, which is hashed under the name of the ordinary field."""
    house = replace(TRANSIT, signs=("x-gm-message-state", *TRANSIT.signs))
    return b"X-Google-" + dkim_field(mail.fields, mail.body, house, key_of(TRANSIT, seed), 0)


def received(mail: Mail, draft: Draft, owner: Person, at: datetime, passed: str = "") -> Mail:
    """The mail as it lies in an owner's box; `passed`: the domain whose signature the receiving server found sound."""
    noise = draft.noise(f"arrival|{owner.address}")
    sound = f" dkim=pass header.i=@{passed};" if passed else ""
    at_google = owner.host.carrier == "google"
    fields = _at_google(draft, owner, at, noise, sound) if at_google else _at_microsoft(draft, owner, at, noise, sound)
    return mail.on_top(*fields)


def _at_google(draft: Draft, owner: Person, at: datetime, noise: bytes, sound: str) -> tuple[bytes, ...]:
    there = _pacific(at)
    relay = f"mx{noise[0] % 4 + 1}.{draft.sender.host.domain}"
    return _fields(
        f"Delivered-To: {owner.address}",
        f"Received: by 10.140.{noise[1]}.{noise[2]} with SMTP id n{noise[3]}csp{int.from_bytes(noise[4:7])}qgd;",
        f"        {there}",
        f"X-Received: by 10.28.{noise[7]}.{noise[8]} with SMTP id {ids.gmail_received_id(at, noise)};",
        f"        {there}",
        f"Return-Path: <{draft.sender.address}>",
        f"Received: from {relay} ({relay}. [192.0.2.{noise[9]}])",
        f"        by mx.google.com with ESMTPS id {ids.google_mx_id(pacific(at), noise)}",
        f"        for <{owner.address}>",
        "        (version=TLS1_2 cipher=ECDHE-RSA-AES128-GCM-SHA256 bits=128/128);",
        f"        {there}",
        "Authentication-Results: mx.google.com;",
        f"      {sound} spf=pass smtp.mailfrom={draft.sender.address}",
    )


def _at_microsoft(draft: Draft, owner: Person, at: datetime, noise: bytes, sound: str) -> tuple[bytes, ...]:
    site = ids.exchange_site(noise)
    source = draft.sender.host.domain
    month = date_text(at).split()[2]
    return _fields(
        f"Received: from mx{noise[0] % 4 + 1}.{source} (192.0.2.{noise[9]}) by",
        f" {site}.mail.protection.outlook.com (10.152.{noise[1]}.{noise[2]}) with Microsoft SMTP",
        " Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384)",
        f" id 15.1.1261.2 via Frontend Transport; {date_text(at)}",
        f"Authentication-Results: spf=pass (sender IP is 192.0.2.{noise[9]})",
        f" smtp.mailfrom={source}; {owner.host.domain};{sound}",
        f"X-MS-Exchange-CrossTenant-OriginalArrivalTime: {at.day} {month} {at:%Y %H:%M:%S}.{noise[3] * 39:04} (UTC)",
    )


def _fields(*lines: str) -> tuple[bytes, ...]:
    """Lines as whole fields; those that begin with a blank continue the one before."""
    found: list[bytes] = []
    for line in lines:
        data = f"{line}\r\n".encode()
        if line[0] in " \t":
            found[-1] += data
        else:
            found.append(data)
    return tuple(found)


def _pacific(at: datetime) -> str:
    text = date_text(pacific(at))
    return f"{text} ({'PDT' if text.endswith('-0700') else 'PST'})"


def exported(mail: Mail, root: datetime, noise: bytes) -> Mail:
    """As Google's own export writes it: the thread's number, made of the moment of its first mail, on top."""
    return mail.on_top(f"X-GM-THRID: {ids.gm_number(root, noise)}\r\n".encode(), b"X-Gmail-Labels: Inbox,Opened\r\n")


def wait(draft: Draft) -> timedelta:
    """How long the sender's server took to sign: a few seconds."""
    return timedelta(seconds=1 + draft.noise("wait")[0] % 9)


def _to_google(draft: Draft, at: datetime) -> tuple[bytes, ...]:
    noise = draft.noise("submission")
    state = base64.b64encode(noise + noise[::-1]).decode()
    through = ["Received: by 10.28.{}.{} with HTTP;".format(*noise[1:3])]
    if draft.program != "gmail":
        through = [
            "Received: from [192.168.1.{}] ([203.0.113.{}])".format(*noise[1:3]),
            f"        by smtp.gmail.com with ESMTPSA id {ids.google_mx_id(pacific(at), noise)};",
        ]
    return _fields(
        f"X-Gm-Message-State: {state[:60]}",
        f"\t{state[60:]}",
        f"X-Received: by 10.28.{noise[1]}.{noise[2]} with SMTP id {ids.gmail_received_id(at, noise)};",
        f" {_pacific(at)}",
        *through,
        f"        {_pacific(at)}",
    )


def _to_microsoft(draft: Draft, at: datetime) -> tuple[bytes, ...]:
    noise = draft.noise("submission")
    site = ids.exchange_site(noise)
    name = f"{site}.{ids.CELLS[site]}.prod.outlook.com"
    return _fields(
        f"Received: from {name} (10.166.{noise[1]}.{noise[2]}) by",
        f" {name} (10.166.{noise[1]}.{noise[3]}) with Microsoft SMTP Server",
        f" (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384) id 15.1.1005.10; {date_text(at)}",
    )


def _word(draft: Draft) -> str:
    return base64.b32encode(draft.noise("queue"))[:20].decode()


def _exim(draft: Draft) -> str:
    text = base64.b64encode(draft.noise("queue"), b"xy").decode()
    return f"1c{text[:4]}-000{text[4:8]}-{text[8:10]}"
