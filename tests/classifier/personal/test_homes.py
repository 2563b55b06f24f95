import pytest

from classifier.labels import Audience
from classifier.personal.redact import redact


def _shown(text: str) -> str:
    return redact(text, audience=Audience.PUBLIC).text


@pytest.mark.parametrize(
    "address",
    [
        "18/7 Leith Mills",
        "3/2, 118 Dumbarton Road",
        "Flat GF1, 30 Quay Avenue",
        "Flat 9, Tithe Barn, 100 Abbey Road",
        "Flat 31, Block D, 6 Ironworks Road",
        "Caravan 9, Sandhaven Lane",
        "caravan 9",
        "3 The Paddocks, Ings Lane",
        "3 The Old Dairy",
        "115a/b Quay Parade",
        "Ty Gwyn, Heol y Bryn",
        "hollybush farm cottage, back lane",
        "the old forge, chapel lane",
        "31 oakdene",
        "41 lower tenterfield",
        "room 6, st anne's hostel",
        "flat 2 above the chemist",
        "6 Albion Yd",
    ],
)
def test_a_home_is_hidden_whole(address: str):
    assert _shown(f"rats at {address}, ok") == "rats at [ADDRESS 1], ok"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the hedge at Fernlea, 4 Church View", "the hedge at [ADDRESS 1]"),
        ("the hedge at fernlea, 4 church view", "the hedge at [ADDRESS 1]"),
        ("come at about, 4 church view", "come at about, [ADDRESS 1]"),
        ("I am 27 Beckside", "I am [ADDRESS 1]"),
        ("on Heol y Bryn", "on [STREET 1]"),
        ("flat 9, no heat, 100 Abbey Road", "[ADDRESS 1], no heat, [ADDRESS 2]"),
        ("Mill Lane, flat 3 is wet, 9 Abbey Road", "[ADDRESS 1] is wet, [ADDRESS 2]"),
        ("in Wren's Court Road", "in [STREET 1]"),
    ],
)
def test_what_belongs_to_a_home_is_hidden_with_it(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "open 24/7 Every Single Day",
        "rated 7/10 Good Effort",
        "4 people outside, 2 alongside",
        "TAP RUNS AT 19 LITRES A MINUTE",
        "No. 61 to the bus station",
        "OWN FLAT NOW PLEASE",
        "ALL OF IT FLATS",
        "two different flats",
        "shop in kirkby close on friday",
        "the door won't close. ok",
        "2nd floor flat w/ wet towels",
        "cars on the grass again, the same view",
        "HIGH STREET SHOPS SHUT",
        "SAID SERVICE CHARGES WOULD RISE",
    ],
)
def test_what_is_no_home_stays(text: str):
    assert _shown(text) == text
