"""Contacts, appointments, tasks, journals: their main properties as lines of text, named as [MS-OXPROPS] names them."""

import struct
from datetime import UTC, datetime, timedelta

from crible.intake.outlook.item import MESSAGE_CLASS, Item
from crible.intake.outlook.properties import BOOLEAN, DOUBLE, INTEGER16, INTEGER32, STRING8, TIME, UNICODE, Name

MAILS = ("ipm.note", "ipm.post", "report.", "ipm.document", "ipm.stickynote", "ipm.recall", "ipm.outlook.recall")
"""Message classes whose fields and body say it all."""
_LONGEST = 4000
_SET = "{{0006{:04x}-0000-0000-c000-000000000046}}"
APPOINTMENT, TASK, ADDRESS, COMMON, LOG = (_SET.format(n) for n in (0x2002, 0x2003, 0x2004, 0x2008, 0x200A))

_TAGS = (
    (0x3001, "DisplayName"), (0x3A45, "DisplayNamePrefix"), (0x3A06, "GivenName"), (0x3A44, "MiddleName"),
    (0x3A11, "Surname"), (0x3A4F, "Nickname"), (0x3A17, "Title"), (0x3A16, "CompanyName"),
    (0x3A18, "DepartmentName"), (0x3A19, "OfficeLocation"), (0x3A46, "Profession"), (0x3A4E, "ManagerName"),
    (0x3A30, "Assistant"), (0x3A48, "SpouseName"), (0x3A42, "Birthday"), (0x3A41, "WeddingAnniversary"),
    (0x3A08, "BusinessTelephoneNumber"), (0x3A1B, "Business2TelephoneNumber"), (0x3A09, "HomeTelephoneNumber"),
    (0x3A2F, "Home2TelephoneNumber"), (0x3A1C, "MobileTelephoneNumber"), (0x3A1A, "PrimaryTelephoneNumber"),
    (0x3A1F, "OtherTelephoneNumber"), (0x3A24, "BusinessFaxNumber"), (0x3A25, "HomeFaxNumber"),
    (0x3A29, "StreetAddress"), (0x3A2A, "PostalCode"), (0x3A27, "Locality"), (0x3A28, "StateOrProvince"),
    (0x3A26, "Country"), (0x3A15, "PostalAddress"), (0x3A51, "BusinessHomePage"), (0x3A50, "PersonalHomePage"),
    (0x0060, "StartDate"), (0x0061, "EndDate"),
)  # fmt: skip
_NAMED = (
    (ADDRESS, 0x8005, "FileUnder"), (ADDRESS, 0x8080, "Email1DisplayName"), (ADDRESS, 0x8083, "Email1EmailAddress"),
    (ADDRESS, 0x8093, "Email2EmailAddress"), (ADDRESS, 0x80A3, "Email3EmailAddress"),
    (ADDRESS, 0x8062, "InstantMessagingAddress"), (ADDRESS, 0x801A, "HomeAddress"), (ADDRESS, 0x801B, "WorkAddress"),
    (ADDRESS, 0x801C, "OtherAddress"), (ADDRESS, 0x802B, "Html"), (ADDRESS, 0x8053, "DistributionListName"),
    (APPOINTMENT, 0x8208, "Location"), (APPOINTMENT, 0x820D, "AppointmentStartWhole"),
    (APPOINTMENT, 0x820E, "AppointmentEndWhole"), (APPOINTMENT, 0x8215, "AppointmentSubType"),
    (APPOINTMENT, 0x8205, "BusyStatus"), (APPOINTMENT, 0x8234, "TimeZoneDescription"),
    (APPOINTMENT, 0x8232, "RecurrencePattern"), (APPOINTMENT, 0x8238, "AllAttendeesString"),
    (APPOINTMENT, 0x823B, "ToAttendeesString"), (APPOINTMENT, 0x823C, "CcAttendeesString"),
    (TASK, 0x8104, "TaskStartDate"), (TASK, 0x8105, "TaskDueDate"), (TASK, 0x810F, "TaskDateCompleted"),
    (TASK, 0x8101, "TaskStatus"), (TASK, 0x8102, "PercentComplete"), (TASK, 0x811C, "TaskComplete"),
    (TASK, 0x811F, "TaskOwner"), (COMMON, 0x8502, "ReminderTime"), (COMMON, 0x8539, "Companies"),
    (LOG, 0x8700, "LogType"), (LOG, 0x8706, "LogStart"), (LOG, 0x8708, "LogEnd"), (LOG, 0x8707, "LogDuration"),
)  # fmt: skip


def details(item: Item) -> str:
    """`Name: value` lines, CRLF, moments in UTC; empty for mails and where there is nothing to say."""
    said = item.properties
    if said.text(MESSAGE_CLASS).lower().startswith(MAILS) or not said.text(MESSAGE_CLASS):
        return ""
    found = [(name, _shown(item, number)) for number, name in _TAGS if number in said]
    found += [(name, _shown(item, said.number(Name(group, key)))) for group, key, name in _NAMED]
    return "".join(f"{name}: {value}\r\n" for name, value in found if value)


def _shown(item: Item, number: int) -> str:
    said = item.properties
    value = said.value(number) if number else None
    if value is None:
        return ""
    kind, data = value
    if kind in (UNICODE, STRING8):
        return " ".join(said.text(number)[:_LONGEST].split())
    if kind == TIME:
        seconds = said.seconds(number)
        return "" if seconds is None else _moment(seconds)
    if kind == BOOLEAN:
        return "yes" if any(data[:1]) else "no"
    if kind in (INTEGER16, INTEGER32):
        return str(said.integer(number))
    return _percent(data) if kind == DOUBLE else ""


def _moment(seconds: float) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
    return "" if moment.year >= 4500 else f"{moment:%Y-%m-%d %H:%M:%S} UTC"  # 4501-01-01 is Outlook's "none"


def _percent(data: bytes) -> str:
    share: float = struct.unpack("<d", data[:8])[0] if len(data) >= 8 else -1.0
    return f"{share:.0%}" if 0 <= share <= 1 else ""
