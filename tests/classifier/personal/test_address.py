import pytest

from classifier.labels import Audience
from classifier.personal.redact import redact


def _shown(text: str) -> str:
    return redact(text, audience=Audience.PUBLIC).text


@pytest.mark.parametrize(
    "address",
    [
        "14 Acacia Road",
        "14a acacia rd",
        "14, acacia road",
        "33-35 High Street",
        "31 and 33 Coniston Ave",
        "3/2, 118 Dumbarton Road",
        "2F1, 33 Marchmont Road",
        "Flat 2/1, 14 Main Street",
        "The Bungalow, Back Lane",
        "Rose Cottage, Mill Lane",
        "Willow Cottage",
        "Flat 3, Rowan House, 12 Mill Lane",
        "flat 2, 14 Acacia Rd",
        "12 Rowan House",
        "14 Victoria Court",
        "flat 9",
        "Flat C",
        "flat six",
        "flat c",
        "no. 7 mill lane",
        "number 14",
        "forty two Mill Lane",
        "22 St. John's Road",
        "12 The Crescent",
        "3 New Road",
        "14 Heol y Bryn",
        "Acacia Road, number 33",
        "Acacia Road 33",
        "Rowan House, flat 9",
        "The Old Bakery, Church Lane",
    ],
)
def test_where_somebody_lives_is_hidden_whole(address: str):
    assert _shown(f"it is at {address}, ok") == "it is at [ADDRESS 1], ok"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("i live at 14 coniston ok", "i live at [ADDRESS 1] ok"),
        ("the lady at 2 Cobden", "the lady at [ADDRESS 1]"),
        ("neighbours at 6 are loud", "neighbours at [ADDRESS 1] are loud"),
        ("at number 14 and number 16", "at [ADDRESS 1] and [ADDRESS 2]"),
        ("from no 6 again", "from [ADDRESS 1] again"),
        ("to number fourteen", "to [ADDRESS 1]"),
    ],
)
def test_a_number_alone_is_hidden_where_a_home_is_meant(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tipping on Gordon Street again", "tipping on [STREET 1] again"),
        ("rats in daisy walk", "rats in [STREET 1]"),
        ("the play park behind Moss St", "the play park behind [STREET 1]"),
        ("dog on hill rd", "dog on [STREET 1]"),
        ("down The Gordon Street", "down The [STREET 1]"),
        ("in Tanner's Row", "in [STREET 1]"),
        ("at Alder Way", "at [STREET 1]"),
    ],
)
def test_a_bare_street_is_hidden_from_the_public(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "no 1 cares",
        "nobody, and no one came",
        "flat out ignored",
        "20 road works a year",
        "a 5 minute walk",
        "2 weeks on the road",
        "down the high street",
        "Victoria Court lift is out",
        "Tower B and Block C",
        "it was close, please come close",
        "10 people in a 2 bed house",
        "my flat 3 weeks ago",
        "number 1 priority",
        "job number 4",
        "number one: nothing",
        "at 9 Monday",
        "the old street",
        "at a place",
        "cottage pie",
        "live at 4 the moment",
        "A Way",
        "we have no 2 rooms",
        "in a close",
        "flats",
        "into Big Wood",
        "on The Road",
        "a Cottage",
        "My Cottage",
        "my number",
    ],
)
def test_what_looks_like_an_address_stays(text: str):
    assert _shown(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("61 Foregate, no water", "[ADDRESS 1], no water", id="gate"),
        pytest.param("FLAT 9, 61 CASTLEGATE", "[ADDRESS 1]", id="flat and gate"),
        pytest.param("my home is 81 Prospect, ok", "my home is [ADDRESS 1], ok", id="home is"),
        pytest.param("mail for 12A is here", "mail for [ADDRESS 1] is here", id="mail"),
        pytest.param("them at 14b.", "them at [ADDRESS 1].", id="them"),
        pytest.param("bedsit 3, 19 Regent Rd", "[ADDRESS 1]", id="bedsit"),
        pytest.param("Bay 4 Allenby Court", "[ADDRESS 1]", id="bay"),
        pytest.param("attic flat, 2 Regent Terrace", "[ADDRESS 1]", id="attic"),
        pytest.param("4 (3F1) Easter Road", "[ADDRESS 1]", id="stair"),
        pytest.param("2 Pant yr Onnen", "[ADDRESS 1]", id="Welsh"),
        pytest.param("flat 8, the Laurels", "[ADDRESS 1]", id="the Laurels"),
        pytest.param("It's Regent Street", "It's [STREET 1]", id="it's"),
    ],
)
def test_rarer_homes_are_hidden_whole(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    ["2 motorway signs", "1 Hallway light", "letters to 3 people", "sent to 40 people"],
)
def test_what_only_ends_like_a_street_stays(text: str):
    assert _shown(text) == text
