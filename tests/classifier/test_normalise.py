import pytest
from hypothesis import given, strategies as st

from classifier.normalise import LONGEST, find_sentences, tokens, words_of


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param("No heat. Still! Why?", ["No heat.", "Still!", "Why?"], id="stops"),
        pytest.param("Ask Mr. Iqbal at no. 9 please", ["Ask Mr. Iqbal at no. 9 please"], id="abbr"),
        pytest.param("rent is £7.70 now", ["rent is £7.70 now"], id="a decimal"),
        pytest.param('He said "wait." Then left', ['He said "wait."', "Then left"], id="quoted"),
        pytest.param("the tap\nthe door", ["the tap", "the door"], id="a line each"),
        pytest.param(
            "I was told on the third of March by your head office\nthat it would be done",
            ["I was told on the third of March by your head office\nthat it would be done"],
            id="a wrapped line",
        ),
        pytest.param(
            "Any news?\n\n> We are very sorry for the delay\n> and will call", ["Any news?"], id=">"
        ),
        pytest.param(
            "Fine.\nOn Tue, 3 Feb 2026 at 10:11, Repairs <r@oak.example>\nwrote:\nSorry for it all",
            ["Fine."],
            id="an opener over two lines",
        ),
        pytest.param(
            "On 3 February Repairs wrote:\n> Shall we come on Tuesday next?\nYes do",
            ["Yes do"],
            id="an answer below the quotation",
        ),
        pytest.param(
            "Noted.\nFrom: Repairs\nSent: Monday\nWe are sorry for the wait",
            ["Noted."],
            id="Outlook",
        ),
        pytest.param("Ring me\n-- \nJo Bloggs, 4 Elm Row, tenant", ["Ring me"], id="a signature"),
        pytest.param(
            "Ring me\nThis email is confidential and intended for the addressee only",
            ["Ring me"],
            id="a disclaimer",
        ),
        pytest.param("Ring me\n> ok then", ["Ring me", "> ok then"], id="too short to hide"),
        pytest.param(
            "> three weeks without any water now", ["> three weeks without any water now"], id="all"
        ),
        pytest.param(
            "From: the flat above there is water",
            ["From: the flat above there is water"],
            id="from",
        ),
        pytest.param(" \n\t\n", [], id="nothing"),
    ],
)
def test_only_the_writers_own_sentences_are_found(text: str, own: list[str]):
    assert sentences(text) == own


@given(st.text(alphabet=st.sampled_from("aA.!? \n\r>-\u2026:é😀"), max_size=200))
def test_sentences_lie_in_the_text_in_order_and_say_something(text: str):
    last = 0
    for start, end in find_sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


def test_a_long_text_is_judged_by_its_beginning():
    assert find_sentences("x" * (LONGEST + 5)) == ((0, LONGEST),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Can u come 2nd wk pls", "can you come 2nd week please", id="spellings"),
        pytest.param("I\u2019ve had nowt", "ive had nothing", id="apostrophes"),
        pytest.param("sooo baaad", "so bad", id="drawn out"),
        pytest.param("pay £46.10 or 20 quid", "pay xmoney or xmoney", id="money"),
        pytest.param("at 9.15 or 10am on 3/4/26", "at xtime or xtime on xtime", id="times"),
        pytest.param("ring 07700 900123", "ring xphone", id="a phone"),
        pytest.param("see www.oak.example @oak a@b.example", "see xurl xhandle xemail", id="names"),
        pytest.param("block 3 flat 1201", "block 3 flat xnumber", id="numbers"),
        pytest.param("three times", "3 times", id="number words"),
        pytest.param("RING ME", "ring me xshout", id="all in capitals"),
        pytest.param("it is NOT on", "it is xcaps not on", id="one word in capitals"),
        pytest.param("why?! 🙄 - well", "why ? ! 🙄 - well", id="marks"),
        pytest.param("da\u200bmp", "damp", id="invisible characters"),
    ],
)
def test_words_come_in_one_spelling(text: str, expected: str):
    assert " ".join(tokens(text)) == expected


def test_words_are_told_from_punctuation():
    assert words_of(tokens("No, NOT ok!")) == ["no", "not", "ok", "!"]


@given(st.text(max_size=100))
def test_any_text_has_tokens_without_blanks(text: str):
    assert all(token and not token.isspace() for token in tokens(text))
