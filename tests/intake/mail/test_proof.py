import pytest
from hypothesis import given, strategies as st

from intake.mail.proof import read_proof

EDGE = {"mx.oak.example"}


def mail(*results: str, sender: str = "Jo <jo@example.org>") -> bytes:
    fields = "".join(f"Authentication-Results: {result}\n" for result in results)
    return f"{fields}From: {sender}\n\nDamp".encode()


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ("mx.oak.example; dmarc=pass header.from=example.org", "dmarc"),
        ("mx.oak.example 1; spf=none; dkim=pass header.d=example.org", "dkim"),
        ("mx.oak.example; dkim=pass header.i=@mail.example.org", "dkim"),
        ("MX.OAK.example; spf=pass smtp.mailfrom=jo@example.org", "spf"),
        ("mx.oak.example; dkim/1=pass (2048 bit; (good)) header.d=example.org", "dkim"),
    ],
)
def test_what_our_own_edge_found_proves_the_domain(result: str, why: str):
    proof = read_proof(mail(result), EDGE)
    assert (proof.proven, proof.why) == (True, why)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(mail(), id="nothing is said"),
        pytest.param(mail("mx.oak.example; none"), id="nothing was checked"),
        pytest.param(mail("mx.oak.example; dmarc=fail header.from=example.org"), id="a failure"),
        pytest.param(mail("mx.evil.example; dmarc=pass header.from=example.org"), id="another's"),
        pytest.param(
            mail(
                "mx.evil.example; dmarc=none", "mx.oak.example; dmarc=pass header.from=example.org"
            ),
            id="ours below another's",
        ),
        pytest.param(
            mail("mx.oak.example; spf=none", "mx.oak.example; dmarc=pass header.from=example.org"),
            id="a second of ours, which the sender may have written",
        ),
        pytest.param(mail("mx.oak.example; dkim=pass header.d=evil.example"), id="not aligned"),
        pytest.param(mail("mx.oak.example; dkim=pass header.d=notexample.org"), id="nearly"),
        pytest.param(mail("mx.oak.example; dkim=pass header.d=org"), id="a whole ending"),
        pytest.param(
            mail("mx.oak.example; dkim=pass header.d=jo.org", sender="jo@org"), id="no domain"
        ),
        pytest.param(mail("mx.oak.example; arc=pass header.d=example.org"), id="another method"),
        pytest.param(mail("mx.oak.example; dkim=pass"), id="of nothing"),
        pytest.param(
            mail(
                'mx.oak.example; spf=pass smtp.mailfrom="a;dkim=pass header.d=example.org"@evil.x'
            ),
            id="a result inside an address",
        ),
        pytest.param(
            mail('mx.oak.example; spf=pass smtp.mailfrom="a;dkim=pass header.d=example.org;'),
            id="a quote without end",
        ),
        pytest.param(mail("mx.oak.example; " + "(" * 900 + "dmarc=pass"), id="comments"),
        pytest.param(
            mail("mx.oak.example; " + "(" * 60 + ")" * 60 + "dmarc=pass header.from=example.org"),
            id="comments within comments",
        ),
        pytest.param(
            mail(
                "mx.oak.example; dmarc=pass header.from=example.org",
                sender="jo@example.org, al@evil.example",
            ),
            id="two senders",
        ),
    ],
)
def test_whatever_else_is_said_proves_nothing(raw: bytes):
    proof = read_proof(raw, EDGE)
    assert not proof.proven
    assert proof.why


def test_an_edge_without_a_name_counts_only_where_we_say_so():
    raw = mail("spf=pass smtp.mailfrom=example.org; dmarc=pass header.from=example.org")
    assert read_proof(raw, {""}).proven
    assert not read_proof(raw, EDGE).proven


def test_without_an_edge_of_ours_nothing_is_proven():
    assert not read_proof(mail("x; dmarc=pass header.from=example.org"), set()).proven


@given(st.text(max_size=200))
def test_any_result_is_read(result: str):
    read_proof(mail("mx.oak.example;" + result.replace("\n", " ")), EDGE)
