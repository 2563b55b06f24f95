"""Words that may be names and are those of things and places, and the same words of people."""

import pytest

from classifier.personal.unlisted import FAMOUS
from tests.classifier.personal.conftest import Shown


@pytest.mark.parametrize(
    "text",
    [
        "the autopay is broken",
        "the Shard has fewer lifts",
        "My Barclaycard was charged",
        "I am Tibetan and so is he",
        "Douglas fir cladding is warping",
        "can we plant rosemary, basil and sweet william in the raised beds",
        "the nosy parkers in the office",
        "Fischer heaters are dear to run",
        "your roofer used Redland",
        "she went back to Madeira and stays in Goa",
        "is there a PayPoint in Nisa",
        "The Dulux shade is Jasmine White",
        "could the lobby be painted Heather or Willow rather than Sage",
        "Iris and poppy seed packets are here",
        "Ivy on the wall again",
        "Hazel or Walnut laminate",
        "Kent or Surrey, i dont mind",
        "London or Kent, i dont mind",
        "moving to Lincoln next summer",
        "Frank's Chippy vents into the yard",
        "June's newsletter has the wrong number",
        "Gordon Ramsay would faint",
        "the account name change is wrong",
        "they planted some Heather and Iris by the door",
        "Eggshell in white, from Brewers.",
        "Harris brushes and Hunter gutters",
        "Grey Marley Modern tiles are broken",
        "Has Bosch confirmed the worktop",
        "Selco and Howarth both quoted",
        "Carpet choices: Bracken, Amber, Hazel, Ivory.",
        "Heather floor tile is discontinued",
        "the meter in plant room 2 ticks",
        "Leaflet HO-07 is out of print",
        "Johnson's baby powder on the landing",
        "office shut for Guru Nanak",
        "the Jeyes fluid smell",
        "Kelly green or racing green",
        "Penny washers for the gate",
        "Mark the stopcock with a tag",
        "June figures: 412 repairs",
        "It's Eid on Friday",
        "a Christian festival in the hall",
        "the Angel Islington office",
        "we want two beds near Ancoats",
        "holly berries all over the ramp, slippy",
    ],
)
def test_a_thing_or_a_place_stays(shown: Shown, text: str):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the sobczaks at the end", "the [NAME 1] at the end"),
        ("Ivy's painted door", "[NAME 1]'s painted door"),
        ("Daisy, Ivy and Olive are my girls", "[NAME 1], [NAME 2] and [NAME 3] are my girls"),
        ("Heather and Rose came by", "[NAME 1] and [NAME 2] came by"),
        ("Mr Harris windows are loose", "[NAME 1] windows are loose"),
        ("Johnson's tap drips", "[NAME 1]'s tap drips"),
        ("Mrs Selco rang", "[NAME 1] rang"),
        ("Mark the caretaker came", "[STAFF 1] the caretaker came"),
        ("Amber and Hazel came", "[NAME 1] and [NAME 2] came"),
        ("Mr Fischer has no heat", "[NAME 1] has no heat"),
        ("Gordon told me", "[NAME 1] told me"),
        ("Mr Hodge and Sons came", "[NAME 1] and Sons came"),
        ("Mr Hodge Plumbing came", "[NAME 1] Plumbing came"),
        ("Rose and Holly share the allotment", "[NAME 1] and [NAME 2] share the allotment"),
        ("tell Nelson Stanley pipes leak", "tell [NAME 1] pipes leak"),
        ("Mrs Sharma and daughters share", "[NAME 1] and daughters share"),
        ("tap came away in Roshan's hand", "tap came away in [NAME 1]'s hand"),
        ("Ms. Soraya Khalil has damp, help", "[NAME 1] has damp, help"),
        ("acc name LIM SOO HOON, please", "acc name [NAME 1], please"),
    ],
)
def test_somebody_of_the_same_name_is_hidden(shown: Shown, text: str, expected: str):
    assert shown(text) == expected


def test_everybody_of_fame_has_two_names():
    assert {len(name.split()) for name in FAMOUS.split("|")} == {2}
