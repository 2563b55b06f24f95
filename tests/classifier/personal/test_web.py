import pytest

from classifier.labels import Audience
from classifier.personal.redact import redact


def _shown(text: str) -> str:
    return redact(text, audience=Audience.PUBLIC).text


@pytest.mark.parametrize(
    "address",
    [
        "jo.bloggs82@example.com",
        "JO_BLOGGS@HOTMAIL.CO.UK",
        "j.smith (at) gmail (dot) com",
        "jo dot smith at gmail dot com",
        "smithy82 @ yahoo . co . uk",
        "jo.bloggs@gmail",
        "jo at hotmail com",
        "jo@\ngmail.com",
        "jo\uff20gmail.com",
        "jo_92@gmail,com",
    ],
)
def test_a_mail_address_is_hidden_however_it_is_typed(address: str):
    assert _shown(f"it is {address} ok") == "it is [EMAIL 1] ok"


@pytest.mark.parametrize(
    "text",
    [
        "email me at home. thanks",
        "look @ this. ok",
        "meet at 10. bye",
        "the door handle is loose",
    ],
)
def test_a_sentence_is_no_mail_address(text: str):
    assert _shown(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://bit.ly/3xYz.", "see [URL 1]."),
        ("see www.facebook.com/jo.bloggs", "see [URL 1]"),
        ("see instagram.com/jo_bloggs, ok", "see [URL 1], ok"),
        ("hi @MrBigDave82 hi", "hi [HANDLE 1] hi"),
        ("insta: jo_82", "insta: [HANDLE 1]"),
        ("my insta is @jo.bloggs_99", "my insta is [HANDLE 1]"),
        ("I am u/jobloggs there", "I am [HANDLE 1] there"),
        ("snap: jobloggs", "snap: [HANDLE 1]"),
        ("I AM U/JOBLOGGS THERE", "I AM [HANDLE 1] THERE"),
        ("discord minty#4417 ok", "discord [HANDLE 1] ok"),
        ("my username is carolcarl", "my username is [HANDLE 1]"),
        ("on nextdoor im JeanM_TopEnd", "on nextdoor im [HANDLE 1]"),
        ("user name on the portal is jraza_1979 ok", "user name on the portal is [HANDLE 1] ok"),
        ("posted by Jac_from_Leeds, ok", "posted by [HANDLE 1], ok"),
        ("wechat lily_yu_0304 ok", "wechat [HANDLE 1] ok"),
        ("the portal refused mould_two.pdf", "the portal refused mould_two.pdf"),
        ("the app lost IMG_0413 twice", "the app lost IMG_0413 twice"),
        ("@everyone the barbecue is moved", "@everyone the barbecue is moved"),
    ],
)
def test_links_and_handles_are_hidden(text: str, shown: str):
    assert _shown(text) == shown
