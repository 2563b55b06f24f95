"""What a resident filled in on the web form."""

from urllib.parse import parse_qsl

from intake.domain.message import Message, UnreadableError
from intake.domain.words import clean

#: The fields of the form, and the most characters of each that are read.
FIELDS = {
    "name": 200,
    "contact": 200,
    "home": 500,
    "what_happened": 20_000,
    "put_right": 5_000,
    "for_whom": 200,
}
MOST_FIELDS = 50


def parse_form(raw: bytes) -> Message:
    """Read one form as the browser sent it (`application/x-www-form-urlencoded`).

    Raises:
        UnreadableError: it is no such form, or does not say what happened.
    """
    filled = _fields(raw)
    text = filled["what_happened"]
    if not text:
        raise UnreadableError("the form does not say what happened")
    contact = filled["contact"]
    return Message(
        sender=contact,
        sender_name=filled["name"],
        reply_to=contact if is_mail_address(contact) else "",
        text=text,
        visible=text,
        home=filled["home"],
        outcome_sought=filled["put_right"],
        on_behalf_of=filled["for_whom"],
    )


def is_mail_address(text: str) -> bool:
    """Whether a letter could be sent there."""
    local, at, domain = text.rpartition("@")
    return bool(local and at) and "." in domain and not set(text) & set(" <>,;()\"'")


def missing_from(raw: bytes) -> bool:
    """Whether a form lacks the one thing it must say; what is no form at all is kept as it is."""
    try:
        return not _fields(raw)["what_happened"]
    except UnreadableError:
        return False


def filled_in(raw: bytes) -> dict[str, str]:
    """Return what was filled in, to show again; nothing of what is no form."""
    try:
        return _fields(raw)
    except UnreadableError:
        return dict.fromkeys(FIELDS, "")


def _fields(raw: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(raw.decode("ascii"), max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UnreadableError(f"it is no form: {type(error).__name__}") from None
    given = dict(reversed(pairs))
    return {name: clean(given.get(name, "")).strip()[:longest] for name, longest in FIELDS.items()}
