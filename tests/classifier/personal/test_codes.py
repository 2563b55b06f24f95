import pytest

from classifier.labels import Audience
from classifier.personal.redact import redact


def _shown(text: str) -> str:
    return redact(text, audience=Audience.PUBLIC).text


@pytest.mark.parametrize(
    "postcode",
    [
        "PR25 2LW",
        "pr252lw",
        "P R 2 5 2 L W",
        "B17 OHS",
        "PR25.2LW",
        "EC1A 1BB",
        "M1 1AE",
        "sw1a1aa",
        "\u0420R25 2LW",
        "PR25\u200b2LW",
        "PR25\n2LW",
    ],
)
def test_a_postcode_is_hidden_however_it_is_typed(postcode: str):
    assert _shown(f"near {postcode} here") == "near [POSTCODE 1] here"


def test_a_postcode_of_a_wrong_form_is_hidden_where_it_is_named():
    assert _shown("postcode PR25 2L") == "postcode [POSTCODE 1]"


def test_a_postcode_that_is_spelled_out_is_hidden_where_it_is_asked_for():
    assert _shown("postcode? X X 5 7 H D love") == "postcode? [POSTCODE 1] love"


def test_two_spellings_of_a_postcode_are_one():
    assert _shown("B17 OHS, b17 0hs") == "[POSTCODE 1], [POSTCODE 1]"


@pytest.mark.parametrize(
    "text",
    [
        "E2 1st floor",
        "b4 8th of may",
        "w8 4 me",
        "l8 4us",
        "the M6, the A6 and the B5256",
        "C4 and Block B",
        "Q1 2AB is no area",
        "QX1 2ab",
        "E2 3KM away",
        "b4 5th",
        "Le4 7km",
        "QX4 7KM",
    ],
)
def test_what_looks_like_a_postcode_stays(text: str):
    assert "POSTCODE" not in _shown(text)


@pytest.mark.parametrize(
    "text", ["so1 2ab", "SO1 2AB", "QX1 2AB", "qx12 2ab", "LS7 3LM", "ls3 6vu"]
)
def test_a_postcode_is_hidden_whatever_its_area(text: str):
    assert _shown(text) == "[POSTCODE 1]"


@pytest.mark.parametrize(
    "text",
    ["AB123456C", "ab 12 34 56 c", "JG-10-37-59-A", "QQ 12 34 56 C", "AB 12 34 5G C"],
)
def test_a_national_insurance_number_is_hidden(text: str):
    expected = text if "G C" in text else "[NINO 1]"
    assert _shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ni number ab12345",
        "NINO: AB 123 456",
        "ni number is alpha bravo one two seven seven four zero C",
    ],
)
def test_a_number_that_is_called_one_is_hidden(text: str):
    assert _shown(text).endswith("[NINO 1]")


@pytest.mark.parametrize(
    "text",
    [
        "AB12 CDE is parked here",
        "my van ab12cde",
        "van reg ab12 cde",
        "the car P123 ABC",
        "car ABC 123D",
        "reg no P123 ABC",
        "number plate is KX65 OPL",
        "reg nu 57 wkd and gone",
        "partial plate KM18",
        "reg ending 7 XRP",
        "NI plate KIG 4821",
        "old transit t 311 kru untaxed",
        "a black Corsa, VX 5 8 AHL",
        "A 7 JDL scraped my bin",
        "the reg? K J 1 5 O F W",
        "mt05 bjg again",
        "SD14 MVU, both taxis",
    ],
)
def test_a_plate_is_hidden(text: str):
    assert "[VRM 1]" in _shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "the 2 scooters flooded",
        "AB OO OO OO C in flat 2",
        "at10 the",
        "I saw P12 THE on a car",
        "phase B256 XYZ",
        "reg 2024",
        "in22 the",
        "reg 4 is the one",
        "reg was 3rd in line",
        "reg no idea",
        "Fridge model KG39NXW on the warranty",
        "re18 gop",
    ],
)
def test_what_looks_like_a_plate_stays(text: str):
    assert "VRM" not in _shown(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ref REP/2024/00123", "ref [REF 1]"),
        ("job number 445566", "job number [REF 1]"),
        ("crime ref 06/12345/24", "crime ref [REF 1]"),
        ("ref ends 418", "ref ends [REF 1]"),
        ("stage 2 S2/25/0381 please", "stage 2 [REF 1] please"),
        ("case no sc 2 0 1 8 8", "case no [REF 1]"),
        ("rent account 12345678", "rent account [REF 1]"),
        ("UPRN 100012345678", "UPRN [REF 1]"),
        ("see NH-2024-0091", "see [REF 1]"),
        ("case ref ABC/123/45", "case ref [REF 1]"),
        ("incident 1234 of 12/3/24", "incident [REF 1]"),
        ("ref no rp 88213", "ref no [REF 1]"),
        ("jobs 77120, 77121 and 77122 closed", "jobs [REF 1], [REF 2] and [REF 3] closed"),
        ("job 77120 and 2024/25 rent", "job [REF 1] and 2024/25 rent"),
        ("job 77120 and 5000 people", "job [REF 1] and 5000 people"),
        ("my share code W4K 9LM 2PX", "my share code [REF 1]"),
        ("please quote gh/2231/kt", "please quote [REF 1]"),
        ("My tenancy reference, T-10-4482-9, is", "My tenancy reference, [REF 1], is"),
        ("my ref with the solicitor is MT.88120.1", "my ref with the solicitor is [REF 1]"),
        ("our ref HX.MARSH.0031", "our ref [REF 1]"),
        ("the police gave me 13/44871/26", "the police gave me [REF 1]"),
    ],
)
def test_a_reference_is_hidden(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "job 3 weeks ago",
        "case 2024",
        "repair 12/03/2024",
        "the job 4000 people wait for",
        "part number GC4712",
        "model AB1234",
        "a call on the M6",
        "B5256 is closed",
        "METER READING IS 04471",
    ],
)
def test_what_looks_like_a_reference_stays(text: str):
    assert _shown(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("OIG 7821 on NI plates", "[VRM 1] on NI plates"),
        ("the number plate nd 12\nuyt", "the number plate [VRM 1]"),
        ("an old mini ABC 123 left", "an old mini [VRM 1] left"),
        ("reg: SA II OOT", "reg: [VRM 1]"),
        ("the van, see RAL 901", "the van, see RAL 901"),
    ],
)
def test_a_plate_of_an_older_form_is_hidden_beside_a_vehicle(text: str, shown: str):
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text", ["rent 112.40 a week", "model FireAngel FA3820 chirps", "its cf24 something"]
)
def test_an_amount_a_model_and_half_a_postcode_are_no_reference(text: str):
    assert _shown(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rent account RB 40 1187 2", "rent account [REF 1]"),
        ("logged as #55129", "logged as [REF 1]"),
        ("tenancy to 12 30 40", "tenancy to [REF 1]"),
    ],
    ids=["groups", "hashed", "a word before the figures"],
)
def test_references_in_groups_are_hidden(text: str, shown: str):
    assert redact(text, audience=Audience.PUBLIC).text == shown
