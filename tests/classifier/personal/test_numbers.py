import pytest

from classifier.labels import Audience
from classifier.personal.redact import redact


def _shown(text: str) -> str:
    return redact(text, audience=Audience.PUBLIC).text


@pytest.mark.parametrize(
    "number",
    [
        "07700 900123",
        "07700-900-123",
        "(01632) 960 123",
        "+44 7700 900123",
        "+44(0)7700 900123",
        "00447700900123",
        "7700900123",
        "O7700 9OO l23",
        "o77OO 900123",
        "0 7 7 0 0 9 0 0 1 2 3",
        "oh double seven zero zero nine hundred 123",
        "zero seven 700 nine hundred 123",
        "07700\n900123",
        "07700\U0001f4de900\U0001f4de123",
        "0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e30\ufe0f\u20e3 900123",
        "\u24ea\u2466\u2466\u24ea\u24ea\u2468\u24ea\u24ea\u2460\u2461\u2462",
        "\uff10\uff17\uff17\uff10\uff10 900123",
        "077009001234",
        "0770090012",
    ],
)
def test_a_telephone_number_is_hidden_however_it_is_typed(number: str):
    assert _shown(f"ring {number} please") == "ring [PHONE 1] please"


@pytest.mark.parametrize("text", ["tel07700900123", "07700900123call", "my landline 960123"])
def test_a_number_glued_to_a_word_or_without_its_code_is_hidden(text: str):
    assert "[PHONE 1]" in _shown(text)
    assert not any(map(str.isdigit, _shown(text).replace("[PHONE 1]", "")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ж000000", "[REF 1]"),
        ("ref x123456", "ref [REF 1]"),
        ("É1234567É", "[REF 1]"),
        ("ЖЖЖ 000000Ж", "ЖЖЖ [REF 1]"),
    ],
)
def test_letters_glued_to_a_long_number_go_with_it(text: str, shown: str):
    """What is left of a word would be read as something else the next time."""
    assert _shown(text) == shown


def test_the_same_number_is_the_same_however_it_is_written():
    assert _shown("07700 900123, +44 7700 900123") == "[PHONE 1], [PHONE 1]"


def test_a_number_ends_where_another_begins():
    assert _shown("07700 900123 10 times") == "[PHONE 1] 10 times"


def test_two_numbers_are_two():
    assert _shown("07700 900123 or 0161 496 0000") == "[PHONE 1] or [PHONE 2]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("card 4929 1234 5678 9012", "card [CARD 1]"),
        ("visa 4111111111111111 on it", "visa [CARD 1] on it"),
        ("amex 3782 822463 10005", "amex [CARD 1]"),
        ("card ending 4821", "card ending [CARD 1]"),
        ("5500 000 000 000 004 please", "[CARD 1] please"),
        ("nhs no is (999) 774 1218", "nhs no is ([NHS 1]"),
        ("sort code one six, two four, three eight ok", "sort code [BANK 1] ok"),
        ("sort code one six two four three eight acc 12345678", "sort code [BANK 1] acc [BANK 2]"),
        ("sort code 20-45-45 acc 12345678", "sort code [BANK 1] acc [BANK 2]"),
        ("s/c 12 34 56 a/c 87654321", "s/c [BANK 1] a/c [BANK 2]"),
        ("paid to 20-45-45", "paid to [BANK 1]"),
        ("GB82 WEST 1234 5698 7654 32", "[BANK 1]"),
        ("nhs number 485 777 3457", "nhs number [NHS 1]"),
        ("it is 943 476 5919", "it is [NHS 1]"),
        ("dob 1/2/1990", "dob [DOB 1]"),
        ("d.o.b. 01-02-90", "d.o.b. [DOB 1]"),
        ("born on the 5th of May 1962", "born on [DOB 1]"),
        ("date of birth is 3 Jan 2015", "date of birth is [DOB 1]"),
        ("me, 12/03/1984", "me, [DOB 1]"),
        ("sort code six: 110-753", "sort code six: [BANK 1]"),
        ("into 30.11.74, acc no 4 8 2 2 0 1 9 6", "into [BANK 1], acc no [BANK 2]"),
    ],
)
def test_what_banks_doctors_and_offices_know_people_by_is_hidden(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "you owe me £1,200 for it",
        "open 24/7",
        "the 12-05 slot",
        "on 12-05-24",
        "since 12/03/1984",
        "part number 0020118640",
        "error code F28",
        "meter reading 045678",
        "2019 2020 2021",
        "call me in 10 minutes",
        "one two three",
        "boiler 12345678901 of make X, part 12345678901",
    ],
)
def test_what_is_nobodys_stays(text: str):
    if "boiler" in text:
        assert "12345678901" in _shown(text)
    else:
        assert _shown(text) == text


def test_a_long_run_of_digits_is_hidden_though_nobody_knows_what_it_is():
    redaction = redact("it says 123456789", audience=Audience.PUBLIC)
    assert redaction.text == "it says [REF 1]"
    assert not redaction.spans[0].certain


def test_a_run_of_sixteen_digits_that_fails_its_check_is_hidden_all_the_same():
    assert _shown("4929 1234 5678 9013") == "[CARD 1]"


def test_a_run_of_thirteen_digits_that_is_no_card_is_a_reference():
    assert _shown("no 1234567890123") == "no [REF 1]"


def test_ten_digits_that_fail_their_check_are_no_nhs_number():
    assert _shown("it is 943 476 5918") == "it is [REF 1]"


def test_six_and_eight_digits_are_no_account_where_nothing_speaks_of_a_bank():
    assert "BANK" not in _shown("job 123456 and 12345678")


@pytest.mark.parametrize(
    "text",
    [
        "refund me on 40 11 62, 22340981",
        "MT84MALT011000012345MTLCAST001S",
        "roll no 12345678",
    ],
    ids=["sort code with spaces", "a Maltese account", "a roll number"],
)
def test_accounts_without_the_word_are_hidden(text: str):
    shown = redact(text, audience=Audience.PUBLIC).text
    assert "[BANK 1]" in shown
    assert not any(
        letter.isdigit() for letter in shown.replace("[BANK 1]", "").replace("[BANK 2]", "")
    )
