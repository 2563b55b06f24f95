import pytest

from classifier.personal.nature import speaks_of_nature
from tests.classifier.personal.conftest import Shown


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        pytest.param("Sunny in lettings was short", "[STAFF 1] in lettings was short", id="team"),
        pytest.param(
            "told may from the rent team", "told [STAFF 1] from the rent team", id="month"
        ),
        pytest.param(
            "Ruby from the top floor fell", "[NAME 1] from the top floor fell", id="floor"
        ),
        pytest.param("Hope phoned twice", "[NAME 1] phoned twice", id="only people phone"),
        pytest.param("Will will not come back", "[NAME 1] will not come back", id="Will will"),
        pytest.param("Will is at home", "[NAME 1] is at home", id="Will is"),
        pytest.param("An said it was fine", "[NAME 1] said it was fine", id="An said"),
        pytest.param("Bill said no", "[NAME 1] said no", id="Bill said"),
        pytest.param("rafiq bhai came", "[NAME 1] came", id="bhai"),
        pytest.param("we saw Salma Auntie there", "we saw [NAME 1] there", id="Auntie"),
        pytest.param("Long is my husband's name", "[NAME 1] is my husband's name", id="his name"),
        pytest.param("Hui Min complained", "[NAME 1] complained", id="two short names"),
        pytest.param("then Man Yee paid", "then [NAME 1] paid", id="half of a name"),
        pytest.param("Jun cleans it", "[NAME 1] cleans it", id="Jun without a date"),
        pytest.param("signed for by S. Pickles, no", "signed for by [NAME 1], no", id="initial"),
        pytest.param("Mrs U upstairs", "[NAME 1] upstairs", id="one letter"),
        pytest.param("Gethin ap Rhys was here", "[NAME 1] was here", id="ap"),
        pytest.param("Ángel left", "[NAME 1] left", id="an accent makes a name of a word"),
    ],
)
def test_who_is_named_by_context_is_hidden(shown: Shown, text: str, shown_as: str):
    assert shown(text) == shown_as


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The art in the office is nice", id="a thing in an office"),
        pytest.param("My bill says £40", id="a bill says"),
        pytest.param("Bill says £40 is due", id="a bill that opens a sentence"),
        pytest.param("my auntie rang", id="an aunt without a name"),
        pytest.param("What is your name", id="no name"),
        pytest.param("That was his name", id="no name either"),
        pytest.param("since 2 Jun no heating", id="a date"),
        pytest.param("can is empty", id="small letters"),
        pytest.param("Ivy is growing in the gutter", id="ivy"),
        pytest.param("Holly bushes need a trim", id="holly"),
        pytest.param("Jasmine, lavender and thyme", id="jasmine"),
        pytest.param("Summer hours apply", id="summer"),
        pytest.param("the St Brigid's bazaar", id="a saint"),
        pytest.param("we met at Stephen Hawking Library", id="a library"),
        pytest.param("Nelson Mandela House has no lift", id="a house of three words"),
        pytest.param("It took 3 weeks in St. Helens", id="a town with a saint"),
    ],
)
def test_what_only_looks_like_a_name_stays(shown: Shown, text: str):
    assert shown(text) == text


def test_a_resident_before_a_building_is_hidden(shown: Shown):
    assert "Okafor" not in shown("Regards Chidi Okafor Rowan House")


def test_a_family_name_with_a_saint_is_hidden(shown: Shown):
    left = shown("tell Errol St. Louis")
    assert "Errol" not in left
    assert "Louis" not in left


@pytest.mark.parametrize(
    ("word", "following"),
    [
        ("summer", ["hours", "", ""]),
        ("ivy", ["is", "coming", "through"]),
        ("ivy", ["and", "moss", ""]),
        ("ivy", ["roots", "", ""]),
        ("ivy", ["grows", "", ""]),
    ],
    ids=["season", "wall", "moss", "roots", "grows"],
)
def test_a_plant_or_season_shows_in_what_follows(word: str, following: list[str]):
    assert speaks_of_nature(word, following)


@pytest.mark.parametrize(
    ("word", "following"),
    [
        ("summer", ["said", "", ""]),
        ("ivy", ["and", "holly", ""]),
        ("ivy", ["is", "ninety", ""]),
        ("dave", ["grows", "", ""]),
    ],
    ids=["season", "two people", "a lady", "no plant"],
)
def test_a_person_with_the_name_of_a_plant_stays_one(word: str, following: list[str]):
    assert not speaks_of_nature(word, following)
