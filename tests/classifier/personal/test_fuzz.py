"""Whatever the text: an answer or a refusal, places that are right, and nothing left to find."""

import pytest
from hypothesis import given, settings, strategies as st

from classifier.labels import Audience, Redact, Redaction, WithheldError

#: Pieces that make trouble side by side, and any character at all.
PIECES = st.sampled_from(
    [
        "Dave",
        "dave",
        "MRS",
        "&",
        "Mrs",
        "Patel",
        "Will",
        "May",
        "07700",
        "900123",
        "4111",
        "1111",
        "01/02/1960",
        "dob",
        "born",
        "flat",
        "3",
        "The",
        "Mill",
        "Lane",
        ",",
        ".",
        "@",
        "a@b.com",
        "#",
        "[NAME",
        "1]",
        "[PHONE",
        "\u200b",
        "\u202e",
        "\xad",
        "\uff21",
        "①",
        "0️⃣",
        "Ж",
        "é",
        "İ",
        "ß",
        "£",
        "12",
        "AB12",
        "CDE",
        "reg",
        "PR25",
        "2LW",
        "oh",
        "double",
        "seven",
        "one",
        "two",
        "sort",
        "code",
        "20-45-45",
        "QQ123456C",
        "ref",
        "441",
        "^JD",
        "St",
        "of",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=10).map("".join),
    st.text(max_size=80),
    st.text(alphabet="0123456789 -/.@abIlOo\n", max_size=80),
)


@pytest.mark.parametrize("audience", list(Audience))
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_redacted_once_and_for_all(redact: Redact, text: str, audience: Audience):
    try:
        found = redact(text, audience=audience)
    except WithheldError:
        return
    assert found.original == text
    assert found.text == _rebuilt(found)
    again = redact(found.text, audience=audience)
    assert again.text == found.text
    assert not again.spans


def _rebuilt(found: Redaction) -> str:
    pieces, shown = [], 0
    for span in found.spans:
        assert shown <= span.start < span.end <= len(found.original)
        pieces += [found.original[shown : span.start], span.placeholder]
        shown = span.end
    return "".join([*pieces, found.original[shown:]])
