"""Subjects without the marks that mail programs put before them."""

import re

_ANSWERS = (
    "re", "aw", "antw", "antwort", "sv", "vs", "ref?", "rif", "r", "res", "odp", "ynt", "yan",
    "atb", "ad", "rv", "bls", "απ", "σχετ", "ответ", "на", "отг", "відп", "回复", "回覆", "答复",
    "رد",
)  # fmt: skip
_PASSED_ON = (
    "fw", "fwd", "fwded", "wg", "tr", "trs?", "rv", "enc", "pd", "vb", "vl", "vs", "doorst", "ilt",
    "i", "fs", "yml", "ymlaen", "πρθ", "препр", "пересл", "转发", "轉寄", "转寄",
)  # fmt: skip
#: Small letters of these are words of English.
_ONLY_CAPITALS = {"r", "i", "ad", "enc", "fs", "ref?", "на"}


def _marks(words: tuple[str, ...]) -> str:
    free = "|".join(word for word in words if word not in _ONLY_CAPITALS)
    capitals = "|".join(word.upper() for word in words if word in _ONLY_CAPITALS - {"ref?", "ad"})
    return rf"(?i:{free})" + (rf"|{capitals}" if capitals else "")


_COUNT = r"\s?(?:[\[(]\s?\d{1,4}\s?[\])]|\^\d{1,4}|\d{1,3})?"
MARK = re.compile(
    rf"\s*+(\[|\()?\s*+(?:(?:{_marks(_ANSWERS)})|({_marks(_PASSED_ON)})){_COUNT}\s?(?:[:：])"  # noqa: RUF001 - as the Chinese write it
)
AFTER = re.compile(r"(?:\s*\((?:fwd?|FWD?)\))++\s*$")
BEFORE = re.compile(r"\s*\((?:fwd?|FWD?)\)")


def strip_subject(line: str) -> str:
    """Return a subject without "Re:", "Fwd:", "AW:" and the like, before it or after it."""
    at = brackets = 0
    while mark := MARK.match(line, at) or BEFORE.match(line, at):
        brackets += mark.re is MARK and mark[1] is not None
        at = mark.end()
    rest = line[at:].strip()
    closed = len(rest) - len(rest.rstrip("])"))
    return _without_end(rest[: len(rest) - min(brackets, closed)]).strip()


def is_passed_on(subject: str) -> bool:
    """Whether the newest mark of a subject says that the mail is passed on."""
    mark = MARK.match(subject)
    return bool(mark and mark[2]) or AFTER.search(subject[-100:]) is not None


def _without_end(text: str) -> str:
    end = AFTER.search(text, max(0, len(text) - 1_000))
    return text[: end.start()] if end else text
