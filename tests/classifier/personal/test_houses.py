"""Homes whose street is of no usual kind, whose number stands alone, or that only have a name."""

import pytest

from tests.classifier.personal.conftest import Shown


@pytest.mark.parametrize(
    "home",
    [
        "6 Plum Tree Way",
        "41a Ferny Hollow",
        "99 Long Row",
        "2 Bus Stop Cottages",
        "27 Railway Cuttings",
        "3 Bank Top",
        "22 Town End",
        "30 Piccadilly",
        "4 Acacias",
        "No.4 Paradise",
        "Apartment 7, Cotton Exchange",
        "flat 9 tulip foyer",
        "Berth 9, Kingfisher Marina",
        "PO Box 419",
        "flat above the chippy, 12 Sea View",
        "Basement, 52 Oriel Terrace",
        "Rose Cottage, Little Snoring",
        "The Old Post Office, Nether Wallop",
        "62 Newport Pagnell Road West",
        "Flat 6 (2nd floor), 218 Gloucester Road",
        "14 Rhodfa'r M\u00f4r",
        "Orchard End, Church Lane",
    ],
)
def test_a_home_is_hidden_whole(shown: Shown, home: str):
    assert shown(home) == "[ADDRESS 1]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "leak from 32c into 32b Lawn Road",
            "leak from [ADDRESS 1] into [ADDRESS 2]",
            id="the house beside",
        ),
        pytest.param(
            "why 43 beech lane and not us at 45? come at 9, or at 44 degrees",
            "why [ADDRESS 1] and not us at [ADDRESS 2]? come at 9, or at 44 degrees",
            id="the next house",
        ),
        pytest.param(
            "not 19 ashdown, i live at 91 ashdown",
            "not [ADDRESS 1], i live at [ADDRESS 2]",
            id="the same street again",
        ),
        pytest.param(
            "Between 31 and 33 Coniston the wall leans",
            "Between [ADDRESS 1] the wall leans",
            id="two houses",
        ),
        pytest.param(
            "Our house is called Fernbank, there is no number",
            "Our house is [ADDRESS 1], there is no number",
            id="a name alone",
        ),
        pytest.param(
            "Send it to Fernlea, Fell Road", "Send it to [ADDRESS 1]", id="a name before a street"
        ),
        pytest.param("I moved into 45 Larch", "I moved into [ADDRESS 1]", id="a street in short"),
    ],
)
def test_a_home_is_found_by_what_stands_beside_it(shown: Shown, text: str, expected: str):
    assert shown(text).replace("called ", "") == expected.replace("called ", "")


@pytest.mark.parametrize(
    "text",
    [
        "10 workmen blocking the drive",
        "we are 4 people in 1 bed, 3 hours close to tears",
        "water at 47c from the tap, 47d is the error",
        "breaker went from 16A to 32A",
        "it took a 20 minute drive",
        "6 Weeks, no reply",
        "12 March, no reply",
        "Leak on Friday, again",
        "the lift at Harbour Court is out",
        "the path by Victoria Gardens needs salt",
        "Mill Street Surgery says you never wrote",
        "the High Street office is shut",
        "on St and off",
        "sort it out. Co-operative Bank",
        "the High Street is a disgrace",
        "a Victorian terrace",
        "Victorian terrace, Georgian bars",
        "Flats 1 to 30 have no water",
        "Room 3 in the hub is free",
        "artichokes on plot 9",
    ],
)
def test_what_is_no_home_stays(shown: Shown, text: str):
    assert shown(text) == text


def test_a_number_far_from_those_of_the_street_is_no_house_of_it(shown: Shown):
    assert shown("2 Lawn Road is cold, not so in 90b.") == "[ADDRESS 1] is cold, not so in 90b."


def test_a_town_before_a_street_is_no_name_of_a_house(shown: Shown):
    assert shown("the shops of Preston, Mill Lane") == "the shops of Preston, [STREET 1]"


def test_somebody_lives_in_gardens_that_are_a_street(shown: Shown):
    assert shown("she lives on Regent Gardens") == "she lives on [STREET 1]"


@pytest.mark.parametrize(
    "home", ["Plot 14, Harrier Fields", "flats 3 to 5", "Plot 9, 4 Faraday Mews"]
)
def test_a_few_homes_and_a_plot_with_its_street_are_hidden(shown: Shown, home: str):
    assert shown(f"{home} leaks").startswith("[ADDRESS 1]")


def test_a_number_on_its_street_is_a_home(shown: Shown):
    assert shown("I'm 68 on Windermere Road, help") == "I'm [ADDRESS 1], help"


def test_a_second_street_belongs_to_the_home_before_it_and_not_to_a_street(shown: Shown):
    assert shown("12 Oak Road, Mill Lane leaks") == "[ADDRESS 1] leaks"
    assert shown("on Mill Lane, Oak Road too") == "on [STREET 1], [STREET 2] too"
