import pytest
from hypothesis import given, strategies as st

from intake.domain.message import is_mail_address
from intake.mail.seal import Seal, newest_first

OAK = Seal(landlord="oak", key=b"k" * 32)
INTAKE, CASE = "complaints@oak.example", "7KM-3QX-P9T"
ADDRESS = OAK.reply_address(INTAKE, CASE)
OWN_ID = OAK.message_id(CASE, "1f", "oak.example")


def test_a_reply_address_is_one_and_names_its_case():
    assert is_mail_address(ADDRESS)
    assert len(ADDRESS.partition("@")[0]) <= 64
    assert OAK.find_case(["olive@oak.example", ADDRESS]) == CASE.casefold()


def test_it_holds_in_either_case():
    assert OAK.find_case([ADDRESS.upper()]) == CASE.casefold()
    assert OAK.find_case_by_id([OWN_ID.upper()]) == CASE.casefold()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(ADDRESS.replace("7km", "7kn"), id="another case"),
        pytest.param(ADDRESS.replace("@", "a@").replace(".", ".a", 1), id="another length"),
        pytest.param("complaints+7km-3qx-p9t." + "a" * 16 + "@oak.example", id="a guess"),
        pytest.param("complaints+7km-3qx-p9t@oak.example", id="no seal"),
        pytest.param(OAK.bounce_address(INTAKE, CASE), id="a seal for something else"),
        pytest.param(Seal(landlord="elm", key=b"k" * 32).reply_address(INTAKE, CASE), id="Elm's"),
        pytest.param(Seal(landlord="oak", key=b"l" * 32).reply_address(INTAKE, CASE), id="forged"),
        pytest.param("+" * 10_000, id="marks"),
    ],
)
def test_a_guessed_or_altered_address_finds_no_case(address: str):
    assert OAK.find_case([address]) == ""


def test_a_message_id_of_ours_finds_its_case_though_its_row_be_gone():
    assert OAK.find_case_by_id(["<1@example.org>", OWN_ID]) == CASE.casefold()


@pytest.mark.parametrize(
    "own_id",
    [
        pytest.param(OWN_ID.replace(".1f.", ".2f."), id="another letter"),
        pytest.param(OWN_ID.replace("7km", "7kn"), id="another case"),
        pytest.param("<heard.1@oak.example>", id="a predictable one"),
        pytest.param("<1@example.org>", id="somebody's"),
    ],
)
def test_a_forged_message_id_finds_no_case(own_id: str):
    assert OAK.find_case_by_id([own_id]) == ""


def test_a_bounce_address_names_its_letter():
    assert OAK.find_letter([OAK.bounce_address("bounce@oak.example", "42")]) == "42"
    assert OAK.find_letter([ADDRESS]) == ""


def test_the_newest_answered_mail_is_the_likeliest():
    assert newest_first(["<3>"], ["<1>", "<2>", "<3>"]) == ("<3>", "<2>", "<1>")
    assert newest_first([], []) == ()


@given(st.text(max_size=100))
def test_no_other_text_is_sealed(text: str):
    assert OAK.find_case([text, f"x+7km.{text}@oak.example"]) == ""
    assert OAK.find_case_by_id([text]) == ""


def test_nothing_shows_the_key():
    assert "kkk" not in repr(OAK)
