from functools import cache

import pytest
from hypothesis import given, strategies as st

from classifier.artefact import training_data
from classifier.judge import TrainedJudge, load_judge, read
from classifier.labels import Text
from classifier.normalise import tokens, words_of
from classifier.particulars import NOBODY, Particulars, load_particulars
from classifier.personal.lexicon import LISTS_FOLDER

#: Short, so that a name and an address are half of what is written.
SHORT = (
    "My complaint still no news",
    "no hot water",
    "boiler broke again",
    "Heating off since friday",
    "still waiting on the plumber",
    "thank you for fixing the door",
    "any update on my repair?",
    "Fed up with this",
    "lift out again",
)
OF_EACH_ORIGIN = 12


@cache
def particulars() -> Particulars:
    return load_particulars(training_data() / LISTS_FOLDER)


@cache
def judge() -> TrainedJudge:
    return load_judge()


def are_all(said: str) -> bool:
    return particulars().are_all(words_of(particulars().mask(tokens(said))), said)


@cache
def people() -> list[str]:
    """A dozen people of each origin, from all over its lists."""
    given, family = (_by_origin(name) for name in ("given.tsv", "family.tsv"))
    return [
        f"{one} {other}"
        for origin in sorted(given.keys() & family.keys() - {"word"})
        for one, other in zip(_spread(given[origin]), _spread(family[origin])[::-1], strict=True)
    ]


def _spread(names: list[str]) -> list[str]:
    return names[:: len(names) // OF_EACH_ORIGIN][:OF_EACH_ORIGIN]


def _by_origin(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    text = (training_data() / LISTS_FOLDER / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, origins = line.split("\t")
            for origin in origins.split():
                found.setdefault(origin, []).append(word)
    return found


@pytest.mark.parametrize(
    "said",
    [
        "Oluwaseun Adebayo-Kuti",
        "Aoife Ni Dhomhnaill",
        "Zbyhnev Krzeptovsky",
        "Mrs Khadija Abdirahman",
        "Name: Nguyen Thi Lan",
        "Flat 4, Ravelston House",
        "12 Ashgrove Rd ZZ4 7QP",
        "12 Elm Road",
        "flat 2b, 12 ashgrove rd",
        "Tel 07700 900123",
        "Re: XK5-VGK-8AR",
        "Re: AZZ-BDT-MHP",
        "our ref WO/12345",
        "zz4 7qp",
        "Donna Slack",
        "Sa'adatu Afolabi",
        "Sa\u2019adatu O\u2019Neill",
        "Rose Chambers",
        "Priya Anand, flat 4",
        "PRIYA ANAND",
    ],
)
def test_what_tells_who_or_where_is_known(said: str):
    assert are_all(said)


@pytest.mark.parametrize(
    "said",
    [
        "Thank You",
        "Dreadful Service",
        "BOILR BROKN",
        "Heating Off",
        "nevr caem",
        "dave nevr caem",
        "Siobhan here, no heat",
        "2 men at my house",
        "3 Bed House",
        "the gate and the path",
        "No house number",
        "third time",
        "12 weeks",
        "Mrs Priya Anand, 88",
        "Priya Anand MP",
        "🙄",
    ],
)
def test_what_tells_more_is_read(said: str):
    assert not are_all(said)


def test_a_name_is_one_word_however_long():
    masked = particulars().mask(tokens("Oluwaseun Adebayo rang about Agnieszka's boiler on Friday"))
    assert masked == ["xname", "rang", "about", "xname", "boiler", "on", "friday"]


def test_without_lists_nobody_is_known():
    said = tokens("Oluwaseun Adebayo")
    assert NOBODY.mask(said) == said
    assert not NOBODY.are_all(said, "Oluwaseun Adebayo")


def test_a_sentence_that_only_tells_who_is_left_out_unless_all_do():
    text = Text(words="No heat.\nPriya Anand", subject="Re: XK5-VGK-8AR")
    reading = read(text, particulars())
    assert reading.document == [["no", "heat", "."]]
    assert [text.words[slice(*place)] for place in reading.places] == ["No heat."]
    assert read(Text(words="Priya Anand"), particulars()).document == [["xname"]]


@given(st.text(max_size=200))
def test_no_text_is_read_as_less_than_a_sentence_where_it_has_one(words: str):
    assert bool(read(Text(words=words), particulars()).document) == bool(
        read(Text(words=words)).document
    )


@pytest.mark.parametrize("words", SHORT)
def test_who_writes_and_from_where_decides_no_label(words: str):
    plain, *signed = judge()(
        [
            Text(words=words),
            Text(words=words, subject="Re: XK5-VGK-8AR"),
            *(Text(words=f"{words}\n{person}\n12 Ashgrove Rd, ZZ4 7QP") for person in people()),
        ]
    )
    assert {(one.labels, one.band) for one in signed} == {(plain.labels, plain.band)}
