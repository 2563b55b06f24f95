"""The adversarial cases of the design: disguises, traps, words that are names, and injections."""

import pytest

from classifier.labels import Audience, Redact
from tests.classifier.personal.conftest import Shown


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("spoke to \u0408\u043ehn about it", ["\u0408\u043ehn"]),
        ("spoke to D\u03b1ve about it", ["D\u03b1ve"]),
        ("lives in \u0420R25 2LW now", ["2LW", "R25"]),
        ("spoke to Da\u200bve about it", ["ve "]),
        ("spoke to Da\u200dve about it", ["ve "]),
        ("spoke to Da\u00adve about it", ["ve "]),
        ("spoke to \uff24\uff41\uff56\uff45 now", ["\uff24", "\uff45"]),
        ("spoke to \U0001d403\U0001d41a\U0001d42f\U0001d41e now", ["\U0001d403"]),
        ("\u202espoke to Dave about it\u202c", ["Dave"]),
        ("spoke to Rene\u0301e about it", ["Ren"]),
        (
            "0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e30\ufe0f\u20e3900123 ring",
            ["900123", "7\ufe0f"],
        ),
        ("ring \u24ea\u2466\u2466\u24ea\u24ea900\u2460\u2461\u2462", ["900", "\u2460"]),
        ("07700\U0001f4de900\U0001f4de123", ["07700", "900", "123"]),
        ("ring \u2070\u2077\u2077\u2070\u2070900123", ["900123"]),
        ("mob O7700 900 123", ["7700", "900", "123"]),
        ("mob o77OO 9oo l23", ["77OO", "9oo", "l23"]),
        ("its oh double seven double oh nine hundred one two three", ["double", "hundred"]),
        ("zero seven 700 nine hundred 123", ["seven", "700", "123"]),
        ("07700\n900\n123", ["07700", "900", "123"]),
        ("+44(0)7700 900123", ["7700", "900123"]),
        ("ring 0770090012", ["0770090012"]),
        ("ring 077009001234", ["077009001234"]),
        ("07700900123call me", ["07700900123"]),
        ("bank 20-45-45 and 12345678", ["20-45-45", "12345678"]),
        ("in pr252lw", ["pr252lw"]),
        ("in P R 2 5 2 L W", ["2 5 2", "L W"]),
        ("in B17 OHS", ["B17", "OHS"]),
        ("in PR25.2LW", ["PR25", "2LW"]),
    ],
)
def test_a_disguise_does_not_help(shown: Shown, text: str, hidden: list[str]):
    left = shown(text)
    assert not [piece for piece in hidden if piece in left]


@pytest.mark.parametrize(
    "text",
    [
        "part number 0020068952 and error F28",
        "fault code EA 338",
        "they want £1,200 for it",
        "open 24/7",
        "a slot 12-05 on Friday",
        "it is E2 1st floor",
        "w8 4 me",
        "off the M6, then the A6 and the B5256",
        "watched it on C4",
        "the lift in Block B",
        "Victoria Court is cold",
        "no 1 cares",
        "he flat out ignored me",
        "20 road works a year",
        "will it be fixed",
        "may I ask",
        "a mark on the wall",
        "the bill is wrong",
        "I hope it is soon",
        "apply for a grant",
        "chase it up",
        "art on the stairs",
    ],
)
def test_a_trap_stays_readable(shown: Shown, text: str):
    assert shown(text) == text


NAMES_THAT_ARE_WORDS = [
    "Grace",
    "Hope",
    "Mark",
    "Will",
    "Rose",
    "Summer",
    "Faith",
    "Bill",
    "Rob",
    "Grant",
    "Joy",
    "Dawn",
    "May",
    "April",
    "June",
    "Penny",
    "Jack",
    "Frank",
    "Drew",
    "Sue",
    "Pat",
    "Ray",
    "Art",
    "Dean",
    "Clay",
    "Chase",
    "Hunter",
    "Paris",
    "Chelsea",
    "Ashley",
    "Jordan",
    "Christian",
    "Sunny",
    "Precious",
    "Mercy",
    "Patience",
    "Innocent",
    "Sunday",
    "Goodness",
]


@pytest.mark.parametrize("name", NAMES_THAT_ARE_WORDS)
def test_a_name_that_is_a_word_is_hidden_where_it_is_a_name(shown: Shown, name: str):
    assert name not in shown(f"I spoke to {name} Okafor in lettings and {name} said no")


@pytest.mark.parametrize("name", ["Wood", "Hill", "Day", "Long", "Price", "Bell", "Best", "Court"])
def test_a_family_name_that_is_a_word_is_hidden(shown: Shown, name: str):
    assert shown(f"Mrs {name} rang") == "[NAME 1] rang"


@pytest.mark.parametrize("name", ["Church", "Mould"])
def test_a_family_name_of_the_trade_is_hidden(shown: Shown, name: str):
    assert name not in shown(f"I told Karen {name} about it")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Will Will be back", "[NAME 1] be back"),
        ("May is 90 in May", "[NAME 1] is 90 in May"),
        ("Dawn's been up since dawn", "[NAME 1]'s been up since dawn"),
        ("Bill rang. The bill is wrong", "[NAME 1] rang. The bill is wrong"),
        ("Charlotte from Charlotte House", "[NAME 1] from Charlotte House"),
        ("14 Victoria Court", "[ADDRESS 1]"),
        ("between 31 and 33 Coniston Ave", "between [ADDRESS 1]"),
        ("3/2, 118 Dumbarton Road", "[ADDRESS 1]"),
        ("The Bungalow, Back Lane", "[ADDRESS 1]"),
        ("number 14 and number 16", "[ADDRESS 1] and [ADDRESS 2]"),
    ],
)
def test_a_name_and_its_word_are_told_apart(shown: Shown, text: str, expected: str):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("sandeeps attitude", ["sandeep"]),
        ("Nguyen Thi Hoa rang", ["Nguyen", "Thi", "Hoa"]),
        ("spoke to O'Rourke", ["Rourke"]),
        ("Hannah-Leigh rang", ["Hannah", "Leigh"]),
        ("Marie-Claire rang", ["Marie", "Claire"]),
        ("Mr Mbeki-Jones rang", ["Mbeki", "Jones"]),
        ("Miss C. Oyelaran rang", ["Oyelaran", "C."]),
        ("J. Ainsworth rang", ["Ainsworth", "J."]),
        ("K Patel rang", ["Patel", "K "]),
        ("Big Dave rang", ["Dave", "Big"]),
        ("Little Tony rang", ["Tony", "Little"]),
        ("Rahim bhai and Auntie Salma and Uncle Bashir", ["Rahim", "Salma", "Bashir"]),
        ("all sorted ^JD", ["JD"]),
        ("Jo/Jo/Jos came", ["Jo"]),
        ("[11:42] Tash: hiya", ["Tash"]),
        ("shnnon never rang", ["shnnon"]),
        ("ask D a v e", ["a v e"]),
        ("mail sarah.okafor@example.com", ["sarah", "okafor"]),
        ("see example.com/people/sarah-okafor", ["sarah", "okafor"]),
        ("#JohnSmithOut", ["John", "Smith"]),
        ("#JusticeForAwaab", ["Awaab"]),
        ("ask @MrBigDave82", ["Dave"]),
        ("ask @OakHomesDave", ["Dave"]),
        ("MY NEIGHBOUR DAVE OKAFOR IS A MENACE", ["DAVE", "OKAFOR"]),
        ("My Neighbour Dave Okafor Is A Menace", ["Dave", "Okafor"]),
        ("moja sąsiadka Bożena Nowak krzyczy", ["Bożena", "Nowak"]),
        ("Mohammed, Muhamad and Mohd", ["Moham", "Muham", "Mohd"]),
    ],
)
def test_a_name_is_hidden_in_every_form_of_the_design(shown: Shown, text: str, hidden: list[str]):
    left = shown(text)
    assert not [piece for piece in hidden if piece in left]


@pytest.mark.parametrize(
    "text",
    [
        "[NAME 1] rang",
        "[NAME\n1] rang",
        "<b>no</b> **heating** <script>x</script>",
        "| a | b |",
    ],
)
def test_what_is_injected_stays_as_it_is(shown: Shown, text: str):
    assert shown(text) == text


@pytest.mark.parametrize(
    "unit",
    [
        "1234567890",
        "a@",
        "a@a.",
        "Flat ",
        "flat 1, ",
        "a\u200b",
        "\u202eabc ",
        "Mrs & ",
        "St ",
        "1/2/",
        "one ",
        "alpha ",
        "dob 1/2/60 ",
        "http://",
        "12 Acacia Road, ",
        "heol y ",
        "birthdays ",
        "1/2/1960 ",
    ],
)
def test_fifty_thousand_hostile_characters_are_not_withheld(redact: Redact, unit: str):
    text = (unit * 50_000)[:50_000]
    assert redact(text, audience=Audience.PUBLIC).original == text
