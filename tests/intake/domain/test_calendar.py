from datetime import date

import pytest

from intake.domain.calendar import CalendarError, OneOff, load_calendar
from intake.domain.working_days import DateRangeError, Nation

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = Nation
EVERYWHERE = tuple(Nation)


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        pytest.param("2026-01-02", (SCOTLAND,), id="second of January"),
        pytest.param("2027-01-04", (SCOTLAND,), id="second of January, substitute"),
        pytest.param("2026-03-17", (NORTHERN_IRELAND,), id="Saint Patrick"),
        pytest.param("2027-03-17", (NORTHERN_IRELAND,), id="Saint Patrick the year after"),
        pytest.param("2026-04-06", (ENGLAND, WALES, NORTHERN_IRELAND), id="Easter Monday"),
        pytest.param("2027-03-26", EVERYWHERE, id="Good Friday"),
        pytest.param("2027-03-29", (ENGLAND, WALES, NORTHERN_IRELAND), id="Easter Monday 2027"),
        pytest.param("2026-06-15", (SCOTLAND,), id="the one-off of June 2026"),
        pytest.param("2026-07-13", (NORTHERN_IRELAND,), id="the Boyne, substitute"),
        pytest.param("2027-07-12", (NORTHERN_IRELAND,), id="the Boyne"),
        pytest.param("2026-08-03", (SCOTLAND,), id="early August"),
        pytest.param("2026-08-31", (ENGLAND, WALES, NORTHERN_IRELAND), id="late August"),
        pytest.param("2026-11-30", (SCOTLAND,), id="Saint Andrew"),
        pytest.param("2027-11-30", (SCOTLAND,), id="Saint Andrew the year after"),
        pytest.param("2026-12-28", EVERYWHERE, id="Boxing Day, substitute"),
        pytest.param("2027-12-27", EVERYWHERE, id="Christmas Day, substitute"),
        pytest.param("2020-05-08", EVERYWHERE, id="VE Day moved May Day"),
        pytest.param("2020-05-04", (), id="May Day that was moved"),
        pytest.param("2022-09-19", EVERYWHERE, id="the Queen's funeral"),
        pytest.param("2023-05-08", EVERYWHERE, id="the coronation"),
    ],
)
def test_a_bank_holiday_belongs_to_its_nations(day: str, nations: tuple[Nation, ...]):
    known = load_calendar().nations
    off = tuple(nation for nation in Nation if date.fromisoformat(day) in known[nation].holidays)
    assert off == nations


def test_dates_after_the_last_announced_year_are_projected():
    calendar = load_calendar()
    assert not calendar.projected(date(calendar.announced, 12, 31))
    assert calendar.projected(date(calendar.announced + 1, 1, 1))


def test_the_page_says_when_it_was_checked():
    assert load_calendar().checked == date(2026, 11, 22)


def test_a_newly_announced_holiday_moves_dates_in_its_nation_only():
    shipped = load_calendar()
    extra = OneOff(date=date(2027, 6, 7), nation=WALES, reason="announced in March")
    calendar = shipped.adding([extra])
    friday = date(2027, 6, 4)
    assert calendar.nations[WALES].add(friday, 1) == date(2027, 6, 8)
    assert calendar.nations[ENGLAND].add(friday, 1) == date(2027, 6, 7)
    assert shipped.nations[WALES].add(friday, 1) == date(2027, 6, 7)
    assert calendar.nations[WALES].holidays[extra.date] == "announced in March"


def test_a_new_holiday_needs_a_reason():
    with pytest.raises(CalendarError, match="2027-06-07 needs a reason"):
        OneOff(date=date(2027, 6, 7), nation=WALES, reason=" ")


def test_a_new_holiday_lies_in_the_years_of_the_calendar():
    with pytest.raises(DateRangeError, match="2036-06-07"):
        OneOff(date=date(2036, 6, 7), nation=WALES, reason="a jubilee")
