"""A cell is read as people write in six languages: dates as precise as stated, numbers with either decimal sign, nothing where nothing is said."""

import datetime

import babel.dates
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadValue
from loaders.table.cells import read_value, texts
from loaders.table.dates import LANGUAGES, NoDate, month_names, read_date, read_part


@pytest.mark.parametrize(("text", "date"), [
    ("2024", "2024"), ("2024-10", "2024-10"), ("2024-10-09", "2024-10-09"), ("20241009", "2024-10-09"), ("2024/10/09", "2024-10-09"),
    ("2024-10-09T13:05:00Z", "2024-10-09"), ("2024-10-09 13:05", "2024-10-09"), ("09.10.2024", "2024-10-09"), ("9/10/24", "2024-10-09"),
    ("9-10-1999", "1999-10-09"), ("31.12.99", "1999-12-31"), ("10/2024", "2024-10"), ("9 October 2024", "2024-10-09"), ("October 9th, 2024", "2024-10-09"),
    ("9. Oktober 2024", "2024-10-09"), ("Okt. 2024", "2024-10"), ("9 ottobre 2024", "2024-10-09"), ("1º ottobre 2024", "2024-10-01"),
    ("9 de octubre de 2024", "2024-10-09"), ("1er octobre 2024", "2024-10-01"), ("9 août 2024", "2024-08-09"), ("mei 2024", "2024-05"),
    ("9 okt 2024", "2024-10-09"), ("März 2026", "2026-03"), ("3 mars 2026", "2026-03-03"), ("9 d’abril de 2024", "2024-04-09"), ("Oct-24", "2024-10"),
    ("2014-2020", "2014/2020"), ("2014 – 2020", "2014/2020"), ("dal 2014 al 2020", "2014/2020"), ("2024-11-07/2024-11-08", "2024-11-07/2024-11-08"),
    ("9–10 October 2024", "2024-10-09/2024-10-10"), ("marzo – maggio 2024", "2024-03/2024-05"), ("from 2014 to 2020", "2014/2020"),
])
def test_dates_are_read_as_precisely_as_they_are_stated(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize("text", ["soon", "31.02.2024", "2024-13", "12/31/2024", "9.10.", "45000", "", "9 10 2024", "0203", "9999-01-01", "Mai Juni 2024"])
def test_what_is_no_date_is_none(text):
    with pytest.raises(NoDate):
        read_date(text)


def test_the_order_of_numbers_and_serial_days_are_taken_where_they_are_said():
    assert read_date("10/09/2024", "mdy") == read_date("09/10/2024", "dmy") == read_date("24/10/09", "ymd") == "2024-10-09"
    assert read_date("45574", "serial") == "2024-10-09"
    assert read_date("45574.75", "serial") == "2024-10-09"


@pytest.mark.parametrize(("text", "start", "end"), [
    ("2014-2020", "2014", "2020"), ("since 2014", "2014", ""), ("seit März 2014", "2014-03", ""), ("dal 2014", "2014", ""), ("2014 –", "2014", ""),
    ("2014-", "2014", ""), ("2014 – today", "2014", ""), ("2014 – oggi", "2014", ""), ("03/2015 - 05/2016", "2015-03", "2016-05"), ("2014", "2014", ""),
])
def test_an_interval_has_a_start_and_an_end_that_may_be_open(text, start, end):
    assert (read_part(text, "start"), read_part(text, "end")) == (start, end)


@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), language=st.sampled_from(LANGUAGES),
       form=st.sampled_from(["long", "medium", "d.M.y", "dd/MM/yyyy", "yyyy-MM-dd", "d MMMM y", "LLLL y"]))
def test_every_day_is_read_back_in_every_language(day, language, form):
    text = babel.dates.format_date(day, form, locale=language)
    order = "dmy" if not (language == "en" and form in ("short",)) else "mdy"
    expected = day.isoformat()[:7] if form == "LLLL y" else day.isoformat()
    assert read_date(text, order) == expected


def test_no_name_of_a_month_means_two():
    seen: dict[str, int] = {}
    for language in LANGUAGES:
        for number, name in babel.dates.get_month_names("wide", "stand-alone", language).items():
            assert month_names()[babel_fold(name)] == number
            assert seen.setdefault(babel_fold(name), number) == number


def babel_fold(name):
    from graph.search import fold

    return fold(name)


@pytest.mark.parametrize(("text", "decimal", "number"), [
    ("1.234,5", ",", 1234.5), ("1,234.5", ".", 1234.5), ("1 234,5", ",", 1234.5), ("1'234.50", ".", 1234.5), ("12 %", ".", 12), ("1.234", ".", 1.234),
    ("1.234", ",", 1234), ("−3", ".", -3), ("€ 1,000", ".", 1000), ("45,4642", ",", 45.4642), ("1e5", ".", 100000),
])
def test_numbers_are_read_with_the_decimal_sign_that_the_mapping_says(text, decimal, number):
    assert read_value(text, "number", name="x", decimal=decimal) == number


@pytest.mark.parametrize(("text", "holds", "remedy"), [
    ("1,5", "number", "decimal"), ("many", "number", "digits"), ("9" * 30, "number", "too large"), ("soon", "date", "2024-10-09"), ("45000", "date", "serial"),
    ("perhaps", "flag", "yes or no"), ("javascript:alert(1)", "link", "https"), ("esra", "link", "https"),
])
def test_what_cannot_be_read_comes_with_what_helps(text, holds, remedy):
    with pytest.raises(BadValue, match=remedy):
        read_value(text, holds, name="x")


@pytest.mark.parametrize(("text", "said"), [("ja", True), ("Sì", True), ("x", True), ("oui", True), ("Nein", False), ("no", False), ("0", False)])
def test_yes_and_no_in_six_languages(text, said):
    assert read_value(text, "flag", name="x") is said


def test_addresses_without_a_scheme_get_one():
    assert read_value("www.esra.eu/members", "link", name="x") == "https://www.esra.eu/members"


def test_a_cell_with_several_values_is_parted_and_blank_words_are_nothing():
    assert texts("Bavaria; Tuscany / Wales\nFlanders; -; n/a", (";", "/", "\n"), {"-", "n", "a"}) == ("Bavaria", "Tuscany", "Wales", "Flanders")
    assert texts("  n/a ") == texts("NA") == texts("–") == ()
    assert texts("NA", blank=()) == ("NA",)
