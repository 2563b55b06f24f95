"""What a resident filled in on the web form."""

from urllib.parse import parse_qsl

from intake.domain.clean import clean
from intake.domain.message import Message, UnreadableError, is_mail_address

#: The fields of the form, and the most characters of each that are read.
FIELDS = {
    "name": 200,
    "contact": 200,
    "home": 500,
    "what_happened": 20_000,
    "put_right": 5_000,
    "for_whom": 200,
}
#: Those whose answer may have several lines.
LONG = {"what_happened", "put_right"}
MOST_FIELDS = 50


def parse_form(raw: bytes) -> Message:
    """Read one form as the browser sent it (`application/x-www-form-urlencoded`).

    Raises:
        UnreadableError: it is no such form, or does not say what happened.
    """
    given = _fields(raw)
    filled = {name: answer[: FIELDS[name]] for name, answer in given.items()}
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
        problems=tuple(
            f"{name} is very long: the rest is in the original"
            for name, answer in given.items()
            if len(answer) > FIELDS[name]
        ),
    )


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
        text = raw.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UnreadableError(f"it is no form: {type(error).__name__}") from None
    given = dict(reversed(pairs))
    if raw and not given.keys() & FIELDS.keys():
        raise UnreadableError("it is no form: none of its questions is in it")
    return {name: _answer(name, given.get(name, "")) for name in FIELDS}


def _answer(name: str, typed: str) -> str:
    return clean(typed).strip() if name in LONG else " ".join(clean(typed).split())
