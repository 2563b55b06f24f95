"""Mail that was damaged on its way: real shapes of mail, cut, doubled, swapped and overwritten.

Bounded to some twenty seconds; `make fuzz` looks for longer, and by what the bytes reach.
"""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from intake.mail.reading import read_mail
from tests.intake.mail.test_hostile_mail import check

EXAMPLES = 150  # of each seed
HEAD = b"From: Jo <jo@example.org>\nTo: help@oak.example\nSubject: =?utf-8?q?Damp?=\n"
SEEDS = [
    pytest.param(
        HEAD + b"Content-Type: multipart/alternative; boundary=b\n\n--b\n\nDamp\n--b\n"
        b"Content-Type: text/html; charset=cp1252\nContent-Transfer-Encoding: quoted-printable\n\n"
        b'<div class=3D"gmail_quote"><p>D=E4mp<blockquote>old</blockquote></div>\n--b--\n',
        id="two texts",
    ),
    pytest.param(
        HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\n"
        b"Sorry\n--r\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.c\n"
        b"Action: failed\nStatus: 5.1.1\n\n--r\nContent-Type: message/rfc822\n\n"
        b"Message-ID: <1@oak.example>\nSubject: x\n\nLetter\n--r--\n",
        id="a failure",
    ),
    pytest.param(
        HEAD + b"Content-Type: multipart/mixed; boundary=m\n\n--m\n\nSee below\n--m\n"
        b"Content-Type: application/ms-tnef; name*0=win; name*1=mail.dat\n"
        b"Content-Transfer-Encoding: base64\n\neJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAI\n--m\n"
        b"Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.pdf\n\nx\n--m--\n",
        id="files",
    ),
    pytest.param(
        HEAD + b"Content-Type: text/plain; charset=utf-7; format=flowed; delsp=yes\n\n"
        b"Still damp.\n\nOn Mon, 2 Mar 2026 at 09:00, Oak wrote:\n> Dear Jo\n>\n> Bye\n-- \nJo\n"
        b"begin 644 a.txt\n#0V%T\n`\nend\n",
        id="an answer",
    ),
]


@pytest.mark.parametrize("seed", SEEDS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_mail_is_read_or_unreadable(seed: bytes, data: st.DataObject):
    raw = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), start + data.draw(st.integers(0, 40)))
        piece = bytes(raw[start:end])
        others = st.sampled_from([b"", piece * 2, piece[::-1], b"\n", b"\r", b"--b\n", b'"', b"\0"])
        raw[start:end] = data.draw(others | st.binary(max_size=20))
    check(bytes(raw))
    reading = read_mail(bytes(raw))
    assert bool(reading.visible) is bool(reading.text)
