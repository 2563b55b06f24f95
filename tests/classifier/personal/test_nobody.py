"""Words that may be names, where what stands beside them shows that nobody is meant."""

import pytest

from tests.classifier.personal.conftest import Shown


@pytest.mark.parametrize(
    "text",
    [
        "we moved here from Timisoara in 2015",
        "we arrived Mogilevo in 2022",
        "she flew to Gdansk on Friday",
        "The Gurkha family upstairs are lovely",
        "Grant me a decent night",
        "Sue the lot of them",
        "Chase it up please",
        "Rose tinted glasses",
        "Jade tiles in the shower",
        "Bill has doubled since June",
        "Miles of cable and no broadband",
        "my solicitors Dunn, Baker & Pryce will write",
        "I've instructed Fisher Meredith solicitors",
        "the firm Harper & Lowe wants access",
        "Bright & Sons cleared the loft",
        "The Mary Rose care home is next door",
        "they even hoovered and shampooered it",
        "the men came on a Sunday",
    ],
)
def test_nobody_is_meant(shown: Shown, text: str):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a letter came from Oyelaran today", "a letter came from [NAME 1] today"),
        ("a letter came from Mogilevska today", "a letter came from [NAME 1] today"),
        ("ask Sarah Jones Plumbing manager", "ask [NAME 1] Plumbing manager"),
        ("Sue told them", "[NAME 1] told them"),
        ("i am denise tattershall", "i am [NAME 1]"),
        ("Kofi from Letterfrack mended it", "[NAME 1] from Letterfrack mended it"),
        ("Sunday Akpan came on a Sunday", "[NAME 1] came on a Sunday"),
        ("Chelsea came. Chelsea flags everywhere", "[NAME 1] came. Chelsea flags everywhere"),
    ],
)
def test_somebody_is_meant(shown: Shown, text: str, expected: str):
    assert shown(text).replace("STAFF", "NAME") == expected
