from pathlib import Path

import pytest

from classifier.artefact import default_artefact
from classifier.labels import Audience
from classifier.personal.eponyms import NOUNS, Nouns, find_eponyms
from classifier.personal.features import Facts, modes_of
from classifier.personal.lexicon import load_lexicon
from classifier.personal.nobody import is_nobody
from classifier.personal.reading import Reading
from classifier.personal.redact import load_redact
from classifier.personal.words import split_words


def things(text: str) -> list[str]:
    return [text[start:end] for start, end in find_eponyms(split_words(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Harrison drape track is bent", ["Harrison"]),
        ("Every Harvey water softener", ["Harvey"]),
        ("the Brunel Suite opens", ["Brunel Suite"]),
        ("Kelly lamps are no longer made", ["Kelly"]),
        ("After Storm Ffion the tiles went", ["Storm Ffion"]),
        ("Can StreetLink see him", ["StreetLink"]),
        ("Patel's newsagents tops up cards", ["Patel"]),
        ("Ali's Tandoori is loud", ["Ali"]),
        ("The Kowalski Deli unit is vacant", ["Kowalski Deli"]),
        ("Ashton, Denton and Hyde offices close", ["Ashton", "Denton", "Hyde"]),
        ("Angel & Elephant branches", ["Angel", "Elephant"]),
    ],
)
def test_what_is_called_after_people_is_found(text: str, found: list[str]):
    assert things(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "tell Kelly lamps are out",
        "Hi Kelly lamps are out",
        "Mr Harrison drape",
        "the Khan family is away",
        "Kelly's lamps are out",
        "Patel's boiler is off",
        "Deli is shut",
        "Kelly, lamps are out",
        "Sarah and Kelly came",
        "Sarah, ",
        "SarahJane came",
        "KELLY LAMPS",
        "",
    ],
)
def test_somebody_is_none(text: str):
    assert things(text) == []


def test_lists_are_read_by_their_headings(tmp_path: Path):
    file = tmp_path / "nouns.txt"
    file.write_text("# said\nsold\n  lamp\n  tile\nnamed\n  room\nshops\n  deli\n")
    nouns = Nouns(file)
    assert nouns.any == {"lamp", "tile", "room", "deli"}
    assert nouns.sold == {"lamp", "tile"}
    assert nouns.shops == {"deli"}


def test_what_a_private_person_has_makes_no_thing_of_a_name():
    assert NOUNS.any.isdisjoint(
        ["family", "complaint", "tenancy", "boiler", "door", "case", "flat"]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hazel, rowan and birch are fine", "Hazel, rowan and birch are fine"),
        ("Heather and Hazel were planted along", "Heather and Hazel were planted along"),
        ("Basil and Rosemary for the herb bed", "Basil and Rosemary for the herb bed"),
        ("Osborne, Penarth and Cardiff are next", "Osborne, Penarth and Cardiff are next"),
        ("the bike is a Zorrexo, orange", "the bike is a Zorrexo, orange"),
        ("Is April too early", "Is April too early"),
        ("A Briton 121CE closer please", "A Briton 121CE closer please"),
        ("Section 20 consultation closes soon", "Section 20 consultation closes soon"),
        ("Room 2.14 has the big screen", "Room 2.14 has the big screen"),
        ("log: 13/11 lift stuck", "log: 13/11 lift stuck"),
        ("Bids close midnight Sunday", "Bids close midnight Sunday"),
        ("his handle was elif__writes", "his handle was [HANDLE 1]"),
        ("hes now on dazza_is_back_2", "hes now on [HANDLE 1]"),
        ("photo IMG_2041.jpg and img_20 sent", "photo IMG_2041.jpg and img_20 sent"),
        ("insta rafiq.does.plants has pics", "insta [HANDLE 1] has pics"),
        ("13-Jul-1977 Iwona rang", "[DOB 1] [NAME 1] rang"),
        ("Mr Lam 2003.7.14 looking", "[NAME 1] [DOB 1] looking"),
        ("I spoke to a Sandra, twice", "I spoke to a [NAME 1], twice"),
        ("Priya Patel, Leeds and Bradford", "[NAME 1], Leeds and Bradford"),
        ("Kind regards, Priya, Leeds and York", "Kind regards, [NAME 1], Leeds and York"),
        ("Storm Davies here, no heat", "Storm [NAME 1] here, no heat"),
        ("our Jasmine Pearl is ill", "our [NAME 1] is ill"),
        ("Mia and Leo beds are broken", "[NAME 1] and [NAME 2] beds are broken"),
        ("the lock REP-104422 is stuck", "the lock [REF 1] is stuck"),
        ("REP-104422 boiler is off", "[REF 1] boiler is off"),
        ("you rang me, 3/4/2019 it was", "you rang me, 3/4/2019 it was"),
        ("they gave me BCU 6612/25 today", "they gave me [REF 1] today"),
        ("of 5 Tan-y-Fron, keys back", "of [ADDRESS 1], keys back"),
        ("a person calling himself Spud came", "a person calling himself [NAME 1] came"),
        ("he calls me Chip always", "he calls me [NAME 1] always"),
    ],
)
def test_a_message_reads_so_when_redacted(text: str, expected: str):
    redact = load_redact(default_artefact(), {})
    assert redact(text, audience=Audience.PUBLIC).text == expected


def read(text: str) -> Reading:
    words, facts = split_words(text), Facts(load_lexicon(default_artefact() / "names"))
    known = [facts(form) for form in words.forms]
    return Reading(words, known, modes_of(words, known), [False] * len(words))


def test_an_unknown_word_after_at_is_a_place():
    reading = read("The funeral is at Wexcombehurst today")
    assert is_nobody(reading.facts, 4)


def test_one_of_many_sundays_is_a_day():
    assert read("it leaks on a Sunday").is_date(4)
    assert not read("it leaks, Sunday Okafor says").is_date(3)
