"""Programs that make PDFs, as they name themselves, and the day they came out."""

import pytest

from crible.assess.pdf_releases import PROGRAMS, released


@pytest.mark.parametrize(("text", "day"), [
    ("LibreOffice 7.4", "2022-08-18"),
    ("Microsoft® Word 2013", "2012-10-11"),
    ("Microsoft® Office Word 2007", "2006-11-06"),
    ("Microsoft® Excel® 2016", "2015-07-09"),
    ("Microsoft® Word for Microsoft 365", "2020-04-21"),
    ("Microsoft: Print To PDF", "2015-07-29"),
    ("GPL Ghostscript 9.05", "2012-02-08"),
    ("GPL Ghostscript 10.00.0", "2022-09-21"),
    ("cairo 1.16.0 (https://cairographics.org)", "2018-10-19"),
    ("Mac OS X 10.9.4 Quartz PDFContext", "2013-10-22"),
    ("macOS Version 12.5.1 (Build 21G83) Quartz PDFContext", "2021-10-25"),
    ("pdfTeX-1.40.21", "2020-04-10"),
    ("Skia/PDF m112", "2023-02-07"),
    ("Acrobat Distiller 5.0 (Windows)", "2001-04-01"),
    ("iText® 5.1.3 ©2000-2011 1T3XT BVBA", "2009-12-07"),
    ("iText® Core 8.0.1-SNAPSHOT (AGPL version) ©2000-2023 Apryse Group NV", "2023-05-04"),
])  # fmt: skip
def test_names_that_real_files_bear(text, day):
    (found,) = released(text)
    assert found.day == day
    assert found.name in text


@pytest.mark.parametrize("text", ["", "Imprimante 99", "cairo 1.4.2", "pdfTeX-1.10b", "FPDF 1.81", "LibreOffice"])
def test_names_that_the_table_does_not_date(text):
    assert released(text) == ()


def test_producer_and_creator_are_named_once_each():
    found = released("Skia/PDF m112", "Microsoft® Word 2013", "Skia/PDF m112")
    assert [each.name for each in found] == ["Skia/PDF m112", "Microsoft® Word 2013"]


def test_rows_are_in_order_and_dated():
    for program in PROGRAMS:
        assert list(program.versions) == sorted(program.versions), program.name
        days = [day for _, day in program.versions]
        assert days == sorted(days), program.name
        assert all(len(day) == 10 for day in days), program.name
