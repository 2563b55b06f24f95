from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from intake.mail.headers import addresses, message_id, message_ids, one_line, parse_date


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"No heating", "No heating", id="plain"),
        pytest.param(b"No\n heating\n\tat all", "No heating at all", id="folded"),
        pytest.param(b"=?utf-8?q?Caf=C3=A9?=", "Café", id="quoted-printable"),
        pytest.param(b"=?UTF-8?B?Q2Fmw6k=?=", "Café", id="base64"),
        pytest.param(b"=?utf-8?q?Caf=C3?= =?utf-8?q?=A9?=", "Café", id="a letter cut in two"),
        pytest.param(
            b"=?iso-8859-1?q?I=92m_cold?=",
            "I\N{RIGHT SINGLE QUOTATION MARK}m cold",
            id="not the Latin 1 it says",
        ),
        pytest.param(b"=?nonsense?q?Caf=C3=A9?=", "Café", id="an unknown charset"),
        pytest.param(b"=?utf\0-8?q?Caf=C3=A9?=", "Café", id="a NUL in the charset"),
        pytest.param(b"=?undefined?q?Caf=C3=A9?=", "Café", id="a charset that is none"),
        pytest.param(b"=?idna?q?=ff?=", "ÿ", id="a charset of domains"),
        pytest.param(b"=?utf-8?b?Q2Fmw6?=\n =?utf-8?b?k=?= today", "CafÃ today", id="cut"),
        pytest.param(b"=?utf-8?q?No_heat?= =?iso-8859-1?q?_=E9?=", "No heat é", id="two charsets"),
        pytest.param(b"=?utf-8*en?q?a?=", "a", id="a language"),
        pytest.param(b"=?utf-8?q?a b?=", "a b", id="a blank inside"),
        pytest.param(b"a=?utf-8?q?b?=c", "abc", id="no blank around"),
        pytest.param(b"=?utf-8?q??=", "", id="an empty word"),
        pytest.param(b"=?utf-8?b?a?= \0x", "x", id="broken base64"),
        pytest.param(b"=?utf-8?x?a?=", "=?utf-8?x?a?=", id="an unknown encoding"),
        pytest.param(b"=?utf-8?q?a", "=?utf-8?q?a", id="half a word"),
        pytest.param(b"=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x", id="a line end inside"),
        pytest.param(b"\\u0000 =?utf-8?q?a?=", "\\u0000 a", id="an escape beside a word"),
        pytest.param("Größe € 50".encode(), "Größe € 50", id="UTF-8 as it is"),
        pytest.param("Größe".encode("cp1252"), "Größe", id="Windows as it is"),
        pytest.param("Größe € =?utf-8?q?x?=".encode(), "Größe € x", id="UTF-8 beside a word"),
    ],
)
def test_a_field_is_read_as_it_was_meant(raw: bytes, words: str):
    assert one_line(raw) == words


def test_a_missing_field_is_empty():
    assert one_line(b"") == ""
    assert addresses([]) == []
    assert message_ids(b"") == []
    assert parse_date(b"") is None


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        pytest.param(b"jo@example.org", [("", "jo@example.org")], id="bare"),
        pytest.param(b"Jo B <Jo@Example.org>", [("Jo B", "Jo@Example.org")], id="with a name"),
        pytest.param(b'"B, Jo" <jo@example.org>', [("B, Jo", "jo@example.org")], id="a comma"),
        pytest.param(b"jo@example.org (Jo B)", [("Jo B", "jo@example.org")], id="a comment"),
        pytest.param(
            b"Jo <jo@example.org>, Al <al@example.org>",
            [("Jo", "jo@example.org"), ("Al", "al@example.org")],
            id="two",
        ),
        pytest.param(
            b"=?utf-8?q?Si=C3=A2n?= <s@example.org>",
            [("Siân", "s@example.org")],
            id="an encoded name",
        ),
        pytest.param("Jö <jö@example.org>".encode(), [("Jö", "jö@example.org")], id="SMTPUTF8"),
        pytest.param(b"j\0o@example.org", [("", "jo@example.org")], id="a NUL"),
        pytest.param(b"MAILER-DAEMON", [], id="no address"),
        pytest.param(b"Jo <>", [], id="an empty one"),
        pytest.param(b"@", [], id="an at sign"),
        pytest.param(b"jo@", [], id="no domain"),
        pytest.param(b"@example.org", [], id="no name"),
        pytest.param(b'"a b"@example.org', [], id="a blank in it"),
        pytest.param(b"x" * 300 + b"@example.org", [], id="too long"),
        pytest.param(b"undisclosed-recipients:;", [], id="nobody"),
        pytest.param(b"(" * 400 + b"jo@example.org", [], id="400 parentheses"),
        pytest.param(b"(" * 9_000 + b"jo@example.org", [], id="9,000 parentheses"),
        pytest.param(b"a:" * 4_000 + b"jo@example.org", [], id="4,000 groups"),
    ],
)
def test_addresses_are_found_and_nothing_else(raw: bytes, found: list[tuple[str, str]]):
    assert addresses([raw]) == found


def test_only_so_many_fields_of_a_name_are_read():
    assert len(addresses([b"jo@example.org"] * 10_000)) == 20
    assert len(addresses([b"jo@example.org, " * 500])) == 200


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        pytest.param(b"<1@example.org>", ["<1@example.org>"], id="one"),
        pytest.param(
            b"<1@a.org>\n <2@b.org> and <3@c.org>",
            ["<1@a.org>", "<2@b.org>", "<3@c.org>"],
            id="a chain",
        ),
        pytest.param(b"<1\0@example.org>", ["<1@example.org>"], id="a NUL"),
        pytest.param(
            b"1@example.org 2@example.org", ["<1@example.org>", "<2@example.org>"], id="no brackets"
        ),
        pytest.param(b"<1\n 2@example.org>", ["<12@example.org>"], id="folded within"),
        pytest.param(b"<[1@example.org]>", ["<[1@example.org]>"], id="square brackets"),
        pytest.param(b"<1@a.org> <2@b.org> <1@a.org>", ["<1@a.org>", "<2@b.org>"], id="one twice"),
        pytest.param("<1é@example.org>".encode(), ["<1é@example.org>"], id="not ASCII"),
        pytest.param(b"Your letter of Monday", [], id="words"),
        pytest.param(b"<> < >", [], id="empty"),
        pytest.param(b"<" * 9_000, [], id="brackets only"),
    ],
)
def test_message_ids_are_found_and_nothing_else(raw: bytes, found: list[str]):
    assert message_ids(raw) == found


def test_a_message_id_of_two_thousand_characters_is_still_a_key():
    first, second = b"<" + b"x" * 2_000 + b"@a.org>", b"<" + b"y" * 2_000 + b"@a.org>"
    assert len(message_id(first)) < 100
    assert message_id(first) == message_ids(first)[0] != message_id(second)


def test_of_too_many_answered_ids_the_newest_are_kept():
    many = b" ".join(b"<%d@example.org>" % n for n in range(300))
    assert message_ids(many)[-1] == "<299@example.org>"
    assert len(message_ids(many)) == 200


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        pytest.param(
            b"Tue, 24 Nov 2026 09:00:00 +0000", datetime(2026, 11, 24, 9, tzinfo=UTC), id="a date"
        ),
        pytest.param(b"24 Nov 2026 09:00 -0000", datetime(2026, 11, 24, 9, tzinfo=UTC), id="bare"),
        pytest.param(
            b"Tue, 19 Jan 2038 03:14:08 GMT", datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), id="2038"
        ),
        pytest.param(b"Thu, 1 Jan 1970 00:00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC), id="1970"),
        pytest.param(b"yesterday", None, id="words"),
        pytest.param(b"Tue, 99 Nov 2026 99:00:00 +0000", None, id="no such day"),
        pytest.param(b"Tue, 24 Nov 2026 09:00:00 +9999999999", None, id="no such place"),
        pytest.param(b"1" * 10_000, None, id="digits"),
        pytest.param(b"\xff\0", None, id="bytes"),
    ],
)
def test_the_date_that_a_mail_says_is_kept_as_it_is_said(raw: bytes, date: datetime | None):
    assert parse_date(raw) == date


@given(st.binary(max_size=200))
def test_any_bytes_in_a_field_become_words_on_one_line(raw: bytes):
    read = one_line(b"=?utf-8?q?" + raw)
    assert not {"\n", "\r", "\0"} & set(read)
    read.encode()
    for name, address in addresses([raw, raw]):
        assert not {"\n", "\r", "\0"} & set(name + address)
    for own_id in message_ids(raw):
        assert not {"\n", "\r", "\0", " "} & set(own_id)
    parse_date(raw)
