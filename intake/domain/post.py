"""A public post, as a landlord's social media tool reports it."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from intake.domain.clean import clean
from intake.domain.message import Message, UnreadableError, is_mail_address
from intake.domain.working_days import FIRST_YEAR

LONGEST_TEXT = 20_000
LONGEST_FIELD = 2_000
DEEPEST = 20
MOST_BRACKETS = 10_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LINK = re.compile(r"https?://[^\s<>|\"]+")

#: Where our words stand in the source's JSON, as paths with dots; a landlord may map others.
FIELDS = {
    "id": "id",
    "text": "text",
    "author": "author",
    "public": "public",
    "posted_at": "posted_at",
    "permalink": "permalink",
    "picture": "picture",
}


def parse_post(raw: bytes, fields: Mapping[str, str] = FIELDS) -> Message:
    """Read one post by the source's own names for its parts.

    A post that does not say that it is private counts as public: its card then hides more.

    Raises:
        UnreadableError: it is no JSON object, or has no text.
    """
    body = _body(raw)
    found = {ours: _find(body, theirs) for ours, theirs in {**FIELDS, **fields}.items()}
    text = _words(found["text"], LONGEST_TEXT)
    if not text:
        raise UnreadableError("the post has no text")
    author = _words(found["author"], LONGEST_FIELD)
    return Message(
        sender=author,
        sender_name=author,
        text=text,
        visible=text,
        own_id=_words(found["id"], LONGEST_FIELD),
        public=found["public"] is not False,
        posted_at=_moment(found["posted_at"]),
        permalink=_link(_words(found["permalink"], LONGEST_FIELD)),
        problems=("picture not checked",) if found["picture"] else (),
    )


def parse_answer(raw: bytes, fields: Mapping[str, str] = FIELDS) -> Message:
    """Read one answer to a survey, by the same names: private, and answered where that can be.

    Raises:
        UnreadableError: it is no JSON object, or says nothing.
    """
    answer = parse_post(raw, fields)
    reply_to = answer.sender if is_mail_address(answer.sender) else ""
    return replace(answer, public=False, reply_to=reply_to)


def event_id(raw: bytes, fields: Mapping[str, str] = FIELDS) -> str:
    """Return the source's own name for a post, so that it is kept once; empty where it has none."""
    try:
        body = _body(raw)
    except UnreadableError:
        return ""
    own_id = _find(body, {**FIELDS, **fields}["id"])
    return _words(own_id, len(raw))  # uncut: two that differ at the end are two


def _body(raw: bytes) -> dict[str, Any]:
    if raw.count(b"{") + raw.count(b"[") > MOST_BRACKETS:
        raise UnreadableError("its JSON is too large")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"it is no JSON: {type(error).__name__}") from None
    if not isinstance(body, dict):
        raise UnreadableError("its JSON is no object")
    return body


def _find(body: Any, path: str) -> Any:  # noqa: ANN401 - any JSON value
    for name in path.split(".")[:DEEPEST]:
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _words(value: object, longest: int) -> str:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return clean(str(value))[:longest].strip()
    return ""


def _moment(value: object) -> datetime | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            moment = EPOCH + timedelta(seconds=value)
        else:
            moment = datetime.fromisoformat(str(value))
        known = moment.tzinfo is not None  # whose clock it is must be said
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if known and moment.year >= FIRST_YEAR else None  # no clock starts before


def _link(text: str) -> str:
    return text if LINK.fullmatch(text) else ""
