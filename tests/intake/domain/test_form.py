from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given, strategies as st

from intake.domain.form import FIELDS, filled_in, missing_from, parse_form
from intake.domain.message import UnreadableError

FILLED = {
    "name": "Jo Bloggs",
    "contact": "jo@example.org",
    "home": "1 Elm Row",
    "what_happened": "No heating.\r\nNobody came.",
    "put_right": "Mend it.\r\nSay sorry.",
    "for_whom": "My mother, Mrs Lee",
}


def form(**changed: str) -> bytes:
    return urlencode(FILLED | changed).encode()


def test_a_form_is_read_as_it_was_filled_in():
    message = parse_form(form())
    assert message.sender == message.reply_to == "jo@example.org"
    assert message.sender_name == "Jo Bloggs"
    assert message.text == message.visible == "No heating.\nNobody came."
    assert message.outcome_sought == "Mend it.\nSay sorry."
    assert message.home == "1 Elm Row"
    assert message.on_behalf_of == "My mother, Mrs Lee"
    assert not message.public
    assert message.problems == ()


def test_only_what_happened_must_be_said():
    message = parse_form(b"what_happened=damp")
    assert (message.text, message.sender, message.reply_to) == ("damp", "", "")


@pytest.mark.parametrize(
    ("contact", "reply_to"),
    [
        pytest.param("O'Brien@Example.org", "O'Brien@Example.org", id="an address"),
        pytest.param(" jo@example.org ", "jo@example.org", id="blanks around it"),
        pytest.param("07700 900123", "", id="a telephone number"),
        pytest.param("jo@example.org or 07700 900123", "", id="both"),
        pytest.param("jo@example.org\r\nBcc: al@example.org", "", id="another header"),
        pytest.param("jo@example.org,al@example.org", "", id="two people"),
        pytest.param("j\0o@example.org", "jo@example.org", id="a NUL"),
    ],
)
def test_a_letter_goes_only_to_what_is_an_address(contact: str, reply_to: str):
    message = parse_form(form(contact=contact))
    assert message.reply_to == reply_to
    assert "\n" not in message.sender


def test_an_answer_of_one_line_has_one_line():
    message = parse_form(form(name="Jo\r\nBcc: x", home="1 Elm Row\n\tOakham", for_whom="my\nson"))
    assert message.sender_name == "Jo Bcc: x"
    assert message.home == "1 Elm Row Oakham"
    assert message.on_behalf_of == "my son"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"what_happened=", id="an empty answer"),
        pytest.param(b"what_happened=+%0D%0A+%00", id="blanks"),
        pytest.param(b"name=Jo", id="other answers"),
        pytest.param(form(what_happened=""), id="everything else"),
    ],
)
def test_a_form_that_does_not_say_what_happened_is_asked_again(raw: bytes):
    assert missing_from(raw)
    with pytest.raises(UnreadableError, match="does not say what happened"):
        parse_form(raw)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"hello, I have no heating", id="plain words"),
        pytest.param(b'{"what_happened": "no heating"}', id="JSON"),
        pytest.param(b"what=happened", id="another form"),
        pytest.param("what_happened=caf\u00e9".encode(), id="letters that are not encoded"),
        pytest.param(b"\xff\xfe\x00", id="bytes"),
        pytest.param(b"&".join(b"x%d=1" % n for n in range(1000)), id="a thousand fields"),
        pytest.param(
            b'--b\r\nContent-Disposition: form-data; name="what_happened"\r\n\r\nhi\r\n--b--\r\n',
            id="a form of another type",
        ),
    ],
)
def test_what_is_no_form_of_ours_is_kept_for_a_person(raw: bytes):
    assert not missing_from(raw)
    assert filled_in(raw) == dict.fromkeys(FIELDS, "")
    with pytest.raises(UnreadableError, match="it is no form"):
        parse_form(raw)


def test_the_first_of_two_answers_counts():
    assert parse_form(b"what_happened=one&what_happened=two").text == "one"


def test_what_was_typed_is_shown_again_whole():
    assert filled_in(form(what_happened="x" * 30_000, name=" Jo ")) == FILLED | {
        "what_happened": "x" * 30_000,
        "name": "Jo",
        "put_right": "Mend it.\nSay sorry.",
    }


def test_a_very_long_answer_is_cut_and_staff_are_told():
    message = parse_form(form(what_happened="x" * 20_001, put_right="y" * 5_001))
    assert (len(message.text), len(message.outcome_sought)) == (20_000, 5_000)
    assert message.problems == (
        "what_happened is very long: the rest is in the original",
        "put_right is very long: the rest is in the original",
    )


@given(st.binary())
def test_no_bytes_do_more_than_be_unreadable(raw: bytes):
    missing_from(raw)
    filled_in(raw)
    with suppress(UnreadableError):
        assert parse_form(raw).text


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(st.characters(codec="utf-8"))))
def test_whatever_is_filled_in_can_be_kept(filled: dict[str, str]):
    raw = urlencode(filled).encode()
    try:
        message = parse_form(raw)
    except UnreadableError:
        return
    kept = (message.text, message.sender, message.sender_name, message.home, message.on_behalf_of)
    assert "\0" not in "".join((*kept, message.outcome_sought))
    assert "\n" not in "".join(kept[1:])
