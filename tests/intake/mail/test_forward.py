import pytest
from hypothesis import given, strategies as st

from intake.mail.forward import Contact, credited, find_passed_on, parse_contact

JO = Contact(name="Jo Bloggs", address="jo@example.org")
OUTLOOK = "From: Jo Bloggs <jo@example.org>\nSent: Monday\nTo: Olive\nSubject: Damp\n\nDamp."


@pytest.mark.parametrize(
    ("text", "author", "note"),
    [
        pytest.param(f"Please log.\n\n{OUTLOOK}", JO, "Please log.", id="Outlook"),
        pytest.param(OUTLOOK, JO, "", id="Outlook without a word"),
        pytest.param(
            "FYI\n\n---------- Forwarded message ---------\nFrom: Jo Bloggs <jo@example.org>\n"
            "Date: Mon, 2 Mar 2026 at 09:00\nSubject: Damp\nTo: <olive@oak.example>\n\n\nDamp.",
            JO,
            "FYI",
            id="Gmail",
        ),
        pytest.param(
            "Begin forwarded message:\n\n> From: Jo Bloggs <jo@example.org>\n> Subject: Damp\n"
            "> Date: 2 March 2026\n> To: olive@oak.example\n> \n> Damp.",
            JO,
            "",
            id="Apple",
        ),
        pytest.param(
            "-------- Forwarded Message --------\nSubject: Damp\nDate: Mon\n"
            "From: Jo Bloggs <jo@example.org>\nTo: olive@oak.example\n\nDamp.",
            JO,
            "",
            id="Thunderbird",
        ),
        pytest.param(
            "-----Original Message-----\nFrom: Jo Bloggs [mailto:jo@example.org]\nSent: x\n\nDamp.",
            JO,
            "",
            id="an old Outlook",
        ),
        pytest.param(
            "*Od:* Jo Bloggs <jo@example.org>\n*Wysłano:* x\n*Do:* y\n*Temat:* z\n\nDamp.",
            JO,
            "",
            id="in Polish",
        ),
        pytest.param(
            "From: Jo Bloggs\nSent: x\nTo: y\nSubject: z\n\nDamp.",
            Contact(name="Jo Bloggs"),
            "",
            id="a name alone",
        ),
    ],
)
def test_who_wrote_first_is_found_in_what_is_passed_on(text: str, author: Contact, note: str):
    found = find_passed_on(text, said=True)
    assert found is not None
    assert (found.author, found.note, found.text) == (author, note, "Damp.")


def test_where_the_subject_does_not_say_so_a_marker_must():
    assert find_passed_on(OUTLOOK, said=False) is None
    marked = f"---------- Forwarded message ---------\n{OUTLOOK}"
    assert find_passed_on(marked, said=False) is not None


@pytest.mark.parametrize(
    "text",
    [
        "There is damp.",
        "---------- Forwarded message ---------\nThere is damp.",
        "---------- Forwarded message ---------\nFrom:\nDate: Monday",
        "-----Original Message-----",
        "> ---------- Forwarded message ---------\n> From: Jo <jo@example.org>",
    ],
)
def test_what_does_not_say_who_wrote_it_is_not_passed_on(text: str):
    assert find_passed_on(text, said=True) is None


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("Jo Bloggs <jo@example.org>", JO),
        ('"Jo Bloggs" <jo@example.org>', JO),
        ("Jo Bloggs <mailto:jo@example.org>", JO),
        ("jo@example.org (Jo Bloggs)", JO),
        ("Jo Bloggs jo@example.org", JO),
        ("jo@example.org", Contact(address="jo@example.org")),
        ("jo@example.org <mailto:jo@example.org>", Contact(address="jo@example.org")),
        ("Jo Bloggs", Contact(name="Jo Bloggs")),
        ("", None),
    ],
)
def test_a_contact_is_read_as_it_was_typed(words: str, contact: Contact | None):
    assert parse_contact(words) == contact


OLIVE = Contact(name="Olive", address="olive@Oak.example")


@pytest.mark.parametrize(
    ("author", "first", "whose"),
    [
        pytest.param(OLIVE, JO, JO, id="an officer passes on a resident's mail"),
        pytest.param(OLIVE, None, OLIVE, id="an officer writes"),
        pytest.param(JO, OLIVE, JO, id="a resident passes on an officer's mail"),
        pytest.param(OLIVE, OLIVE, OLIVE, id="an officer passes on an officer's mail"),
        pytest.param(JO, Contact(address="al@example.org"), JO, id="a resident, a neighbour's"),
    ],
)
def test_the_resident_is_the_person_and_the_officer_the_forwarder(
    author: Contact, first: Contact | None, whose: Contact
):
    assert credited(author, first, ["oak.example"]) == whose


def test_a_domain_that_ends_like_ours_is_not_ours():
    stranger = Contact(address="olive@notoak.example")
    assert credited(stranger, JO, ["oak.example"]) == stranger


LINES = ["---------- Forwarded message ---------", "From: Jo <jo@example.org>", "To: x", "> a", "",
         "Subject: y", "Begin forwarded message:", "From:", "Damp."]  # fmt: skip


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=8)))
def test_any_lines_are_looked_through(lines: list[str]):
    find_passed_on("\n".join(lines), said=True)


@given(st.text())
def test_any_words_after_from_are_read(words: str):
    parse_contact(words)
