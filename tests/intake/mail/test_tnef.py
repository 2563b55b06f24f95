import struct

import pytest
from hypothesis import given, strategies as st

from intake.mail.tnef import TnefError, unwrap

START = struct.pack("<IH", 0x223E9F78, 1)
RENDERING, TITLE, DATA, PROPERTIES, TEXTS, BODY = (
    0x00069002, 0x00018010, 0x0006800F, 0x00069005, 0x00069003, 0x0002800C,
)  # fmt: skip


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("<BII", 2, kind, len(value)) + value + b"\0\0"


def properties(*pieces: bytes) -> bytes:
    return struct.pack("<I", len(pieces)) + b"".join(pieces)


def variable(kind: int, name: int, value: bytes) -> bytes:
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", kind, name, 1, len(value)) + padded


NUMBER = struct.pack("<HHI", 0x0003, 0x0E07, 7)
SEVERAL = struct.pack("<HHIII", 0x1003, 0x0E08, 2, 1, 2)
NAMED_BY_NUMBER = struct.pack("<HH", 0x0003, 0x8001) + b"g" * 16 + struct.pack("<III", 0, 5, 7)
NAMED_BY_WORD = (
    struct.pack("<HH", 0x0003, 0x8002) + b"g" * 16 + struct.pack("<II", 1, 6) + b"a\0b\0\0\0\0\0"
    + struct.pack("<I", 7)
)  # fmt: skip
LONG_NAME = variable(0x001F, 0x3707, "Küche.jpg\0".encode("utf-16-le"))


def test_files_and_texts_are_taken_out():
    raw = START + b"".join(
        [
            attribute(BODY, b"There is damp.\0"),
            attribute(RENDERING, b""),
            attribute(TITLE, b"KUCHE~1.JPG\0"),
            attribute(DATA, b"jpeg"),
            attribute(
                PROPERTIES, properties(NUMBER, SEVERAL, NAMED_BY_NUMBER, NAMED_BY_WORD, LONG_NAME)
            ),
            attribute(RENDERING, b""),
            attribute(TITLE, b"b.pdf\0"),
        ]
    )
    found = unwrap(raw)
    assert found.text == "There is damp."
    assert found.files == [("Küche.jpg", b"jpeg"), ("b.pdf", b"")]


def test_the_text_of_the_properties_is_the_better_one():
    texts = properties(
        NUMBER,
        variable(0x001F, 0x1000, "Größe\0".encode("utf-16-le")),
        variable(0x0102, 0x1013, b"<p>Damp</p>"),
    )
    found = unwrap(START + attribute(TEXTS, texts) + attribute(BODY, b"Groesse"))
    assert (found.text, found.html) == ("Größe", b"<p>Damp</p>")


@pytest.mark.parametrize("raw", [b"", b"PK\3\4 not at all", START[:5]])
def test_what_is_not_tnef_is_said_to_be_so(raw: bytes):
    with pytest.raises(TnefError):
        unwrap(raw)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(attribute(TEXTS, b""), id="no properties"),
        pytest.param(attribute(TEXTS, properties(NUMBER)[:6]), id="half of one"),
        pytest.param(attribute(TEXTS, struct.pack("<IHH", 1, 0x7777, 1)), id="of no known type"),
        pytest.param(attribute(TEXTS, struct.pack("<IHHI", 1, 0x1E, 1, 2**32 - 1)), id="endless"),
        pytest.param(attribute(DATA, b"x"), id="a file that never began"),
        pytest.param(attribute(0x7777, b"x") * 20_000, id="many"),
    ],
)
def test_what_is_damaged_is_read_as_far_as_it_is_whole(raw: bytes):
    found = unwrap(START + raw)
    assert (found.text, found.files) == ("", [])


@given(st.binary())
def test_any_bytes_are_unwrapped(raw: bytes):
    unwrap(START + raw)
    unwrap(START + attribute(TEXTS, raw) + attribute(RENDERING, b"") + attribute(PROPERTIES, raw))
