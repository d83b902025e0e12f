"""Who saves the files of a corpus: what is unusual is found unasked, what people do every day is not.

After a case published in May 2017: all spreadsheets of a small archive edited within four minutes by an Excel of
another language, about half of them under one name in another script, some begun ten years before. Every name here is
invented.
"""

from dataclasses import replace
from hashlib import sha256

from crible.assess.checks.corpus import batch, saved_by_stranger
from crible.assess.hands import Hand, Rate, menus, name_key, script
from crible.assess.relations import Relations
from crible.model.evidence import Says, Strength
from crible.model.facts import Mailbox, MailFacts, Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant
from crible.model.office import OfficeFacts
from crible.sift.hands import Hands

DAY, YEAR = 86_400, 365 * 86_400
NIGHT = 1_491_000_000
STAFF = ("Hélène Garrigue", "Nadia Amsellem", "Camille Rochebrune")
STRANGER = "Зоя Небывалова"


def at(seconds):
    return Instant(seconds, 0, Clock.OFFICE)


def sheet(author, last, begun, saved, language="fr"):
    """A spreadsheet begun and saved at these seconds before or after the night in question."""
    facts = FileFacts(
        author=author,
        last_author=last,
        created=at(NIGHT + begun),
        modified=at(NIGHT + saved),
        office=OfficeFacts(interface=language),
    )
    return Reading("application/x", file=facts)


def ordinary(count=40):
    """What else there is: sheets of the house, each saved by who began it, days apart."""
    return [sheet(STAFF[n % 3], STAFF[n % 3], -200 * DAY + n * DAY, -198 * DAY + n * DAY) for n in range(count)]


def again(count=11, hand=STRANGER, language="ru", gap=22, **changes):
    """The batch: sheets of ten years, saved again in a row; every other one names the hand."""
    files = [
        sheet(STAFF[n % 3], hand if n % 2 == 0 else "", (n - count) * YEAR, gap * n, language) for n in range(count)
    ]
    return [replace(one, file=replace(one.file, **changes)) for one in files]


def found(*files):
    """Hands by the order in which the files were seen."""
    surveyor = Hands()
    for pk, reading in enumerate(files):
        surveyor.see(pk, sha256(str(pk).encode()).hexdigest(), reading)
    return surveyor.found()


def batches(*files):
    return {pk: hand.batch for pk, hand in found(*files).items() if hand.batch}


def test_the_batch_is_found_whole_with_base_rates_and_nothing_else():
    usual, saved = ordinary(), again()
    met = batches(*usual, *saved)
    assert set(met) == set(range(40, 51))
    one = met[40]
    assert (one.files, one.first, one.last) == (11, NIGHT, NIGHT + 220)
    assert (one.language, one.elsewhere) == ("ru", Rate(0, 40))
    assert (one.name, one.named, one.named_elsewhere) == (STRANGER, 6, Rate(0, 40))
    assert len(one.others) == 10
    assert sha256(b"41").hexdigest() in one.others
    assert sha256(b"40").hexdigest() not in one.others


def test_the_batch_is_questioned_three_readings_are_listed_and_none_is_chosen():
    files = [*ordinary(), *again()]
    rows = list(batch.look_around(files[-1], Relations(hand=found(*files)[50])))
    assert [row.says for row in rows[:2]] == [Says.QUESTIONS, Says.QUESTIONS]
    assert all(row.strength is None for row in rows[:2])
    assert [row.message for row in rows[2:]] == [
        "batch-reading-house",
        "batch-reading-opened",
        "batch-reading-changed",
    ]
    assert {row.strength for row in rows[2:]} == {Strength.NONE}
    assert {"innocent-homonym", "innocent-planted-trace", "innocent-bystander", "innocent-migration"} < set(
        batch.CHECK.innocent
    )


def test_the_order_of_files_plays_no_part():
    files = [*ordinary(), *again()]
    forward, backward = batches(*files), batches(*reversed(files))
    assert sorted(replace(one, others=()) == forward[40] or one.files for one in backward.values()) == [11] * 11


def test_an_assistant_who_saves_twelve_monthly_sheets_in_a_row_is_nobodys_concern():
    monthly = [sheet(STAFF[n % 2], STAFF[0], -n * 30 * DAY - DAY, 25 * n) for n in range(12)]
    assert found(*ordinary(), *monthly) == {}


def test_a_migration_takes_all_there_is():
    moved = [
        replace(one, file=replace(one.file, last_author="migration01", modified=at(NIGHT + 5 * n)))
        for n, one in enumerate(ordinary())
    ]
    assert batches(*moved) == {}
    moved = [replace(one, file=replace(one.file, office=OfficeFacts(interface="ru"))) for one in moved]
    assert batches(*moved, *ordinary(25)) == {}


def test_a_supplier_abroad_saves_its_own_tables():
    theirs = ("Joost Verhaegen", "Els Maes")
    own = [sheet(theirs[n % 2], "Ingrid Halvorsen", -90 * DAY + n * DAY, 30 * n, "nl") for n in range(6)]
    names = tuple(Mailbox(name, "info@noord.example") for name in theirs)
    mail = Reading("message/rfc822", mail=MailFacts(senders=names))
    later = sheet(theirs[0], theirs[0], 8 * DAY, 9 * DAY, "nl")
    assert len(batches(*ordinary(), *own, mail)) == 6  # nothing tells whose language it is
    assert batches(*ordinary(), *own, mail, later) == {}


def test_a_folder_of_strangers_files_was_not_begun_here():
    press = [sheet(f"Автор {letter}", STRANGER, -YEAR * n, 20 * n, "ru") for n, letter in enumerate("абвгдежз")]
    assert batches(*ordinary(), *press) == {}


def test_owners_who_save_their_own_files_again_are_no_other_hand():
    own = [sheet(STAFF[n % 3], STAFF[n % 3], (n - 11) * YEAR, 20 * n, "ru") for n in range(11)]
    assert batches(*ordinary(), *own) == {}


def test_an_afternoon_at_borrowed_computers_begins_files_and_saves_none_again():
    begun = [sheet(STAFF[n % 3], STRANGER, 20 * n - n * 60, 20 * n, "ru") for n in range(11)]
    assert batches(*ordinary(), *begun) == {}


def test_who_saved_another_file_of_the_house_before_is_no_stranger_to_it():
    before = sheet(STAFF[1], "Jo Brandt", -3 * YEAR, -2 * YEAR)
    named = again(hand="Jo Brandt", language="fr", last_author="Jo Brandt")
    assert batches(*ordinary(), *named) != {}
    assert batches(*ordinary(), *named, before) == {}


def test_files_that_a_program_of_the_house_makes_were_not_saved_again():
    made = [sheet("openpyxl", "", 10 * n, 10 * n, "en") for n in range(30)]
    assert found(*ordinary(), *made) == {}


def test_files_made_from_one_template_keep_its_date_and_one_author():
    letters = [sheet("Nadia Amsellem", "Karim Benhaddou", -3 * YEAR, 20 * n) for n in range(8)]
    assert batches(*ordinary(), *letters) == {}


def test_fewer_files_or_slower_hands_are_an_afternoons_work():
    assert batches(*ordinary(), *again(count=4)) == {}
    assert batches(*ordinary(), *again(gap=100)) == {}
    four = again(count=4)
    late = sheet(STAFF[0], STRANGER, -YEAR, 500, "ru")
    assert batches(*ordinary(), *four, late) == {}
    assert len(batches(*ordinary(50), *again(count=40))) == 40  # a pass over many takes longer, at the same pace


def test_nothing_is_unusual_where_little_is_known():
    assert batches(*ordinary(12), *again()) == {}
    assert batches(*ordinary(19), *again()) == {}


def test_a_new_name_in_the_usual_script_and_language_weighs_little():
    files = [*ordinary(), *again(hand="Jo Brandt", language="fr", last_author="Jo Brandt")]
    met = found(*files)
    assert met[40].batch.name == "Jo Brandt"
    rows = list(batch.look_around(files[40], Relations(hand=met[40])))
    assert (rows[0].message, rows[0].strength) == ("batch-name", Strength.WEAK)
    (note,) = saved_by_stranger.look_around(files[40], Relations(hand=met[40]))
    assert (note.message, note.strength) == ("stranger-name", Strength.NONE)


def test_a_known_correspondent_is_no_stranger():
    mail = Reading("message/rfc822", mail=MailFacts(to=(Mailbox("", "jo.brandt@courriel.example"),)))
    files = [*ordinary(), *again(hand="Brandt, Jo", language="fr", last_author="Brandt, Jo"), mail]
    assert batches(*files) == {}


def test_names_that_programs_give_name_nobody():
    files = [*ordinary(), *again(hand="Windows User", language="fr", last_author="Windows User")]
    assert found(*files) == {}
    assert name_key("Utilisateur Windows") == name_key("admin") == name_key("PC-07") == ""


def test_one_name_is_one_however_it_is_written():
    assert name_key("ROCHEBRUNE, Camille") == name_key("camille.rochebrune") == name_key("Camille  Rochebrune")
    assert name_key("Hélène") == name_key("HELENE")
    assert (script("Зоя"), script("zoé"), script("42"), script("佐藤")) == ("CYRILLIC", "LATIN", "", "CJK")


def test_one_file_in_a_rare_language_is_an_outlier_of_its_own():
    files = [*ordinary(), sheet(STAFF[0], STAFF[1], -YEAR, 0, "ru")]
    assert found(*files) == {40: Hand(interface=Rate(0, 40))}
    english = [*ordinary(), sheet(STAFF[0], STAFF[1], -YEAR, 0, "en")]
    assert found(*english) == {}


def test_old_workbooks_are_told_by_their_machines_code_page():
    def old(page, reading):
        return replace(reading, file=replace(reading.file, office=None, locale=page))

    usual = [old("cp1252", one) for one in ordinary()]
    met = batches(*usual, *(old("cp1251", one) for one in again()), *ordinary(30))
    assert (met[40].language, met[40].elsewhere) == ("cp1251", Rate(0, 40))
    assert batches(*usual, *(old("cp1252", one) for one in again(hand="", last_author=""))) == {}


def test_old_word_documents_are_told_by_the_language_word_was_installed_in():
    reading = Reading("application/msword", file=FileFacts(locale="ru-RU"))
    assert menus(reading) == "ru"
    assert menus(replace(reading, mime="application/x")) == menus(Reading("text/plain")) == ""
    assert menus(replace(reading, file=FileFacts(locale="lcid-0c51"))) == ""


def test_a_printer_abroad_saves_all_that_it_is_mailed():
    files = [*ordinary(), *again()]
    near = Relations(hand=found(*files)[50], in_mail=True)
    rows = [row for row in batch.look_around(files[-1], near) if row.says is Says.QUESTIONS]
    assert {row.strength for row in rows} == {Strength.WEAK}


def test_a_few_more_saved_the_day_after_do_not_make_a_stranger_usual():
    """Nine in four minutes and three the next day by the same hand: all nine still ask, and the rate says three."""
    strays = [sheet(STAFF[n], STRANGER, -(n + 1) * YEAR, 30 * 3600 * (n + 1), "ru") for n in range(3)]
    met = batches(*ordinary(100), *again(9), *strays)
    assert set(met) == set(range(100, 109))
    assert met[100].elsewhere.count == 3


def test_a_hand_that_saves_the_houses_files_all_the_time_is_usual():
    """As many as the batch, on other days: a contractor, not a stranger."""
    days = [sheet(STAFF[n % 3], STRANGER, -n * YEAR, (n + 2) * DAY, "ru") for n in range(9)]
    assert batches(*ordinary(100), *again(9), *days) == {}
