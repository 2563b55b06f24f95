from dataclasses import replace

from classifier.card import TRIED, tell, write_card
from classifier.labels import Flag, Label
from tests.classifier.keyword_judge import EXAMPLE, judged


def test_the_card_tells_of_the_whole_and_of_its_parts():
    praise = replace(EXAMPLE, situation="b", text="lovely lad", labels=(Label.COMPLIMENT,))
    urgent = replace(EXAMPLE, situation="c", flags=(Flag.EMERGENCY,), channel="phone")
    lines = list(tell(judged(EXAMPLE, praise, urgent)))
    said = "\n".join(lines)
    assert lines[0] == "3 messages in 3 situations, 2 complaints."
    assert "| macro-F1 | 1.000 | 1.000 to 1.000 |" in lines
    assert "| complaint | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 0.100 |" in lines
    assert "| flag:emergency | 0.000 |" in said
    assert "| chat | 2 | 1.000 | 1.000 of 1 | 0.500 |" in lines
    assert "| phone | 1 |" in said
    assert lines[-2].startswith("Of 0 sarcastic messages 0")


def test_kinds_of_message_without_complaints_say_so():
    said = "\n".join(tell(judged(replace(EXAMPLE, text="x", labels=(Label.OTHER,)))))
    assert "| chat | 1 | 1.000 | none | 0.000 |" in said


def test_what_a_person_wrote_in_the_card_stays():
    first = write_card("", "one", ["figures"])
    assert "Model one.\n\nfigures\n" in first
    second = write_card(first + "| stacking | no gain |\n", "two", ["others"])
    assert "Model two." in second
    assert "figures" not in second
    assert second.endswith(f"{TRIED}\n| stacking | no gain |\n")
