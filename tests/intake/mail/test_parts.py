import pytest
from hypothesis import given, strategies as st

from intake.mail.encodings import decode_transfer, find_uuencoded
from intake.mail.fields import parameters
from intake.mail.file_names import safe_name
from intake.mail.parts import parse_parts

HEAD = b"From: jo@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"


def bodies(raw: bytes) -> list[bytes]:
    return [part.body for part in parse_parts(raw)[0].walk() if not part.children]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        pytest.param(HEAD + b"--b\n\none\n--b\n\ntwo\n--b--\n", [b"one", b"two"], id="two"),
        pytest.param(HEAD + b"--b\r\n\r\none\r\n--b--\r\n", [b"one"], id="with carriage returns"),
        pytest.param(HEAD + b"before\n--b \t\n\none\n--b--\nafter", [b"one"], id="text around"),
        pytest.param(HEAD + b"--b\n\none\n--bc\n --b\n--b", [b"one\n--bc\n --b", b""], id="nearly"),
        pytest.param(HEAD + b"--b\n--b\n\none", [b"", b"one"], id="one that is empty"),
        pytest.param(HEAD + b"--b\n\none\n--b--", [b"one"], id="no last line end"),
        pytest.param(HEAD + b"--b\n\none", [b"one"], id="cut off"),
        pytest.param(HEAD.replace(b"=b", b'=" b"') + b"--b\n\none", [b"one"], id="a blank in it"),
        pytest.param(HEAD.replace(b"=b", b"=") + b"--\n\none", [b"--\n\none"], id="no boundary"),
        pytest.param(
            HEAD.replace(b"=b", b"*=utf-8''%62") + b"--b\n\none", [b"one"], id="an encoded boundary"
        ),
        pytest.param(HEAD + b"--b\n" + HEAD + b"--b\n\none", [b"", b"one"], id="the same within"),
    ],
)
def test_parts_lie_between_their_boundaries(raw: bytes, found: list[bytes]):
    assert bodies(raw) == found


@pytest.mark.parametrize(
    ("raw", "names", "body"),
    [
        pytest.param(b"A: 1\nB : 2\n\nx", ["a", "b"], b"x", id="a header"),
        pytest.param(b"A: 1\r\n\r\nx", ["a"], b"x", id="carriage returns"),
        pytest.param(b"A: 1\r\r\n\r\r\nx", ["a"], b"x", id="two of them"),
        pytest.param(b"A: 1\n 2\n\t3\n\nx", ["a"], b"x", id="folded"),
        pytest.param(b"From jo Mon\nA: 1\n>From x\nB: 2\n\nx", ["a", "b"], b"x", id="an mbox"),
        pytest.param(b"A: 1\nno field\nB: 2\n\nx", ["a"], b"no field\nB: 2\n\nx", id="no end"),
        pytest.param(b"A: 1\rB: 2\r\rx", ["a", "b"], b"x", id="an old Mac"),
        pytest.param(b"A: 1", ["a"], b"", id="a header alone"),
        pytest.param(b"A:\n\n", ["a"], b"", id="an empty field"),
        pytest.param(b"", [], b"", id="nothing"),
        pytest.param(b"words", [], b"words", id="words"),
    ],
)
def test_a_header_ends_where_its_fields_do(raw: bytes, names: list[str], body: bytes):
    root, problems = parse_parts(raw)
    assert ([name for name, _ in root.fields], root.body, problems) == (names, body, [])


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(b"X: " + b"a" * 1_000_000 + b"\n", id="one long field"),
        pytest.param(b"X: y\n" * 200_000, id="many"),
    ],
)
def test_a_header_of_a_megabyte_does_not_hide_the_text(header: bytes):
    root, problems = parse_parts(b"From: jo@example.org\n" + header + b"\nNo heating.")
    assert root.field("from") == b"jo@example.org"
    assert root.body == b"No heating."
    assert problems == ["its header is very long: some of it was not read"]


def test_a_header_without_end_leaves_no_text():
    assert parse_parts(b"X: " + b"a" * 1_000_000)[0].body == b""


def test_lines_that_only_begin_like_a_boundary_are_given_up_on():
    root, _ = parse_parts(HEAD + b"--b\n\none" + b"\n--bx" * 200_000 + b"\n--b\n\ntwo")
    assert len(root.children) == 1


def test_boundaries_are_looked_for_in_so_many_bytes():
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20)
    )
    _, problems = parse_parts(deep + b"x" * 20_000_000)
    assert problems == ["it has too many parts: some were not read"]


@pytest.mark.parametrize(
    ("raw", "name", "text"),
    [
        pytest.param(b"a; name=x.pdf", "name", "x.pdf", id="bare"),
        pytest.param(b'a; name="x; y.pdf"', "name", "x; y.pdf", id="quoted"),
        pytest.param(rb'a; name="x \"y\".pdf"', "name", 'x "y".pdf', id="quotes in quotes"),
        pytest.param(b"a; name=my file.pdf; b=c", "name", "my file.pdf", id="blanks"),
        pytest.param(b'a; name="x.pdf', "name", "x.pdf", id="half a quote"),
        pytest.param(b"a;; NAME = x.pdf ;", "name", "x.pdf", id="odd marks"),
        pytest.param(b"a; name*=utf-8'en'K%C3%BC.pdf", "name", "Kü.pdf", id="encoded"),
        pytest.param(b"a; name*=iso-8859-1''K%FC.pdf", "name", "Kü.pdf", id="in Latin 1"),
        pytest.param(b"a; name*=K%C3%BC.pdf", "name", "Kü.pdf", id="encoded in no charset"),
        pytest.param(b"a; name*1=b.pdf; name*0=a", "name", "ab.pdf", id="in pieces"),
        pytest.param(
            b"a; name*0*=utf-8''K%C3; name*1*=%BC; name*2=%.pdf", "name", "Kü%.pdf", id="cut in two"
        ),
    ],
)
def test_a_parameter_is_read_as_it_was_meant(raw: bytes, name: str, text: str):
    assert parameters(raw)[name].text == text


def test_only_so_many_parameters_are_read():
    assert len(parameters(b"".join(b"; p%d=1" % n for n in range(1_000)))) == 100


@pytest.mark.parametrize(
    ("said", "body", "raw"),
    [
        pytest.param("7bits", b"Damp", b"Damp", id="7bits"),
        pytest.param("8 bit", b"Damp", b"Damp", id="8 bit"),
        pytest.param("base64;", b"RGFtcA==", b"Damp", id="a semicolon"),
        pytest.param("base64", b"RGFtcA", b"Damp", id="no padding"),
        pytest.param("base64", b"RGFtcA===", b"Damp", id="too much padding"),
        pytest.param("base64", b"RGF\r\n tcA", b"Damp", id="lines"),
        pytest.param("base64", b"RGFtcHk=x", b"Dampy", id="a letter too many"),
        pytest.param("base64", b"There is damp.", b"There is damp.", id="words"),
        pytest.param("base64", b"", b"", id="nothing"),
        pytest.param("quoted-printable", b"D=61mp=\n=", b"Damp", id="quoted-printable"),
        pytest.param("x-uuencode", b"begin 644 a\n$1&%M<``\n`\nend\n", b"Damp", id="uuencode"),
        pytest.param("x-uue", b"Damp", b"Damp", id="uuencode that is none"),
    ],
)
def test_a_transfer_encoding_is_undone_as_far_as_it_goes(said: str, body: bytes, raw: bytes):
    assert decode_transfer(body, said) == raw


@pytest.mark.parametrize(
    ("body", "files"),
    [
        pytest.param(b"Hi\nbegin 644 a b\n$1&%M<``\n`\nend\nBye", [(b"a b", b"Damp")], id="one"),
        pytest.param(
            b"begin 644 a\r\n$1&%M<``\r\n`\r\nend\r\nbegin 644 b\r\n`\r\nend",
            [(b"a", b"Damp"), (b"b", b"")],
            id="two",
        ),
        pytest.param(b"begin 644 a\n$1&%M<```````\nend", [(b"a", b"Damp")], id="a long line"),
        pytest.param(b"begin 644 a\n\xff\xfe\nend", [], id="nonsense"),
        pytest.param(b"begin 644 a\n$1&%M<``\n", [], id="no end"),
        pytest.param(b"begin 644 work\nend of it", [], id="words"),
    ],
)
def test_files_typed_into_a_text_are_found(body: bytes, files: list[tuple[bytes, bytes]]):
    assert [(name, data) for _, _, name, data in find_uuencoded(body)] == files


@pytest.mark.parametrize(
    ("said", "name"),
    [
        pytest.param("damp.jpg", "damp.jpg", id="a name"),
        pytest.param("../../etc/passwd", "passwd", id="a path"),
        pytest.param("C:\\Users\\Jo\\damp.jpg", "damp.jpg", id="a path of Windows"),
        pytest.param("a\x00.pdf", "a_.pdf", id="a NUL"),
        pytest.param("a\u202egpj.exe", "agpj.exe", id="an order turned around"),
        pytest.param("..", "", id="dots"),
        pytest.param(".htaccess", "htaccess", id="a hidden one"),
        pytest.param('a<b>:"|?*.pdf', "a_b______.pdf", id="what Windows does not take"),
        pytest.param("x" * 400 + ".pdf", "x" * 251 + ".pdf", id="400 letters"),
        pytest.param("é" * 400, "é" * 127, id="400 letters of two bytes"),
        pytest.param("a." + "x" * 400, "a." + "x" * 253, id="a long ending"),
        pytest.param(" a  b ", "a b", id="blanks"),
    ],
)
def test_a_file_has_a_name_that_any_system_takes(said: str, name: str):
    assert safe_name(said) == name


@given(st.text())
def test_any_name_becomes_one_that_leads_nowhere_else(said: str):
    name = safe_name(said)
    assert len(name.encode("utf-8", "replace")) <= 255
    assert not set(name) & set("/\\\0\n")
    assert not name.startswith(".")


@given(st.binary())
def test_any_bytes_are_parts(raw: bytes):
    root, _ = parse_parts(HEAD + b"--b\n" + raw)
    assert all(part.start <= part.end for part in root.walk())
    for part in root.walk():
        decode_transfer(part.body, "base64")
        decode_transfer(part.body, "x-uuencode")
        decode_transfer(part.body, "quoted-printable")
