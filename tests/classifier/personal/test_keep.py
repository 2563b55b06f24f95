import pytest

from classifier.labels import Audience
from classifier.personal.redact import load_redact
from tests.classifier.personal.conftest import KEEP, Shown

FIXED = load_redact(None, KEEP)


@pytest.mark.parametrize(
    "text",
    [
        "call Oak Housing",
        "OAK HOUSING never rang",
        "oakhousing and Oak-Housing",
        "hi @OakHomes",
        "ring 0300 123 4567 or +44 300 123 4567",
        "write to complaints@oak.example",
        "write to repairs@oak.example",
        "see www.oak.example and https://oak.example/repairs",
        "Victoria Court lift is out",
        "your office at 12 High Street",
    ],
)
def test_what_a_landlord_keeps_survives_in_any_spelling(shown: Shown, text: str):
    assert shown(text, landlord="oak") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 Victoria Court", "[ADDRESS 1]"),
        ("flat 3, 12 High Street", "[ADDRESS 1]"),
        ("jane.smith@oak.example", "[EMAIL 1]"),
        ("complaints@oak.example.com", "[EMAIL 1]"),
        ("@OakHomesUK", "[HANDLE 1]"),
        ("0300 123 4568", "[PHONE 1]"),
        ("https://notoak.example", "[URL 1]"),
    ],
)
def test_what_is_kept_never_splits_what_is_longer(shown: Shown, text: str, expected: str):
    assert shown(text, landlord="oak") == expected


def test_a_name_in_the_path_of_an_own_link_is_hidden(shown: Shown):
    assert "smith" not in shown("www.oak.example/john-smith", landlord="oak")


def test_one_landlord_does_not_keep_what_another_does(shown: Shown):
    assert shown("hi @OakHomes", landlord="elm") == "hi [HANDLE 1]"


def test_lines_for_everybody_count_for_an_unknown_landlord(shown: Shown):
    assert shown("Elm Homes rang", landlord="elm") == "Elm Homes rang"


def test_numbers_of_public_helpers_stay(shown: Shown):
    assert shown("rang Shelter on 0808 800 4444") == "rang Shelter on 0808 800 4444"


def test_without_an_artefact_the_keep_list_holds_as_well():
    assert FIXED("@OakHomes", audience=Audience.PUBLIC, landlord="oak").text == "@OakHomes"


@pytest.mark.parametrize("author", ["Jo Bloggs", "Karen Millen", "Jack Russell", "MAY DAY"])
def test_an_author_is_hidden_though_a_make_or_a_saying_has_the_name(shown: Shown, author: str):
    assert shown(author, author=author) == "[NAME 1]"
    assert shown(f"Any news? {author}", author=author) == "Any news? [NAME 1]"


@pytest.mark.parametrize("text", ["Jo Bloggs", "a Karen Millen coat", "their Jack Russell barks"])
def test_what_somebody_else_is_called_stays_a_make_or_a_saying(shown: Shown, text: str):
    assert shown(text, author="Ayesha Khan") == text


def test_what_a_landlord_keeps_stays_when_it_writes_itself(shown: Shown):
    assert shown("Oak Housing", author="Oak Housing", landlord="oak") == "Oak Housing"
