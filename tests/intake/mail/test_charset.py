import pytest
from hypothesis import given, strategies as st

from intake.mail.charset import decode

POUNDS = "“Don’t ignore me”: I owe £50, not £120 at Café Siân"  # noqa: RUF001 - as phones write it


@pytest.mark.parametrize(
    ("written", "said", "guess"),
    [
        pytest.param("utf-8", "utf-8", "", id="as said"),
        pytest.param("utf-8", "UTF8", "", id="as said, in other letters"),
        pytest.param("cp1252", "windows-1252", "", id="Windows"),
        pytest.param("utf-16", "utf-16", "", id="wide"),
        pytest.param("cp1252", "iso-8859-1", "", id="Windows that says it is Latin 1"),
        pytest.param("utf-8", "us-ascii", "", id="UTF-8 that says it is ASCII"),
        pytest.param("utf-8", "nonsense", "utf-8", id="UTF-8 that says nonsense"),
        pytest.param("utf-8", "X-UNKNOWN", "utf-8", id="UTF-8 that says it is unknown"),
        pytest.param("utf-8", "uft-8", "utf-8", id="UTF-8 misspelt"),
        pytest.param("utf-8", "us-askey", "utf-8", id="ASCII misspelt"),
        pytest.param("utf-8", "iso-8859-1", "utf-8", id="UTF-8 that says it is Latin 1"),
        pytest.param("utf-8-sig", "utf-8", "", id="UTF-8 with its mark"),
        pytest.param("utf-8", "", "", id="UTF-8 that says nothing"),
        pytest.param("utf-8", "utf\x008", "", id="UTF-8 with a NUL in its name"),
        pytest.param("utf-8", "\udcff", "utf-8", id="UTF-8 with a byte for its name"),
        pytest.param("utf-8", "hex", "utf-8", id="UTF-8 that says it is no text"),
        pytest.param("cp1252", "utf-8", "cp1252", id="Windows that says it is UTF-8"),
        pytest.param("cp1252", "us-ascii", "cp1252", id="Windows that says it is ASCII"),
    ],
)
def test_british_mail_is_read_whatever_it_says_that_it_is(written: str, said: str, guess: str):
    assert decode(POUNDS.encode(written), said) == (POUNDS, guess)


@pytest.mark.parametrize("pounds", ["£", "Bill: £30", "The rent is £512.40", "You owe me £50."])
def test_a_pound_sign_stays_one_however_short_the_text(pounds: str):
    assert decode(pounds.encode("cp1252"), "utf-8") == (pounds, "cp1252")


def test_letters_that_are_neither_are_guessed_by_their_look():
    words = "お湯が一週間出ません。助けてください。誰も来ません。" * 3
    text, guess = decode(words.encode("shift_jis"), "utf-8")
    assert (text, guess) == (words, "cp932")


def test_what_no_guess_fits_is_read_as_well_as_it_can_be():
    text, guess = decode(b"\x81\x8d\x8f\x90\x9d No heating", "utf-8")
    assert text.endswith("No heating")
    assert guess


@pytest.mark.parametrize(
    "said", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "rot13"]
)
def test_a_charset_that_no_text_is_in_is_not_used(said: str):
    assert decode(rb"a-b \u0041", said) == (r"a-b \u0041", "utf-8")


@pytest.mark.parametrize(
    ("words", "written", "said", "guess"),
    [
        pytest.param("שלום", "iso8859-8", "iso-8859-8-i", "iso8859-8", id="Hebrew, as it is read"),
        pytest.param("您好", "gb2312", "iso-gb2312", "gb18030", id="Chinese, misspelt"),
        pytest.param("您好€", "gb18030", "gb2312", "", id="Chinese, more than it says"),
        pytest.param("£50 é", "cp850", "cp-850", "cp850", id="DOS, misspelt"),
        pytest.param("ąę €", "cp1250", "windows-1250", "", id="Polish"),
    ],
)
def test_other_alphabets_are_read_by_what_is_meant(words: str, written: str, said: str, guess: str):
    assert decode(words.encode(written), said) == (words, guess)


def test_what_is_not_to_be_guessed_is_british():
    words = "お湯が出ません。".encode("shift_jis")
    assert decode(words, "utf-8", guess=False) == (words.decode("cp1252", "replace"), "cp1252")


@given(st.binary(), st.text(max_size=20))
def test_any_bytes_by_any_name_become_words(raw: bytes, said: str):
    words, _ = decode(raw, said)
    assert "\0" not in words
    words.encode()
