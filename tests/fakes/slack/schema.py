"""Checks to build Block Kit from: each yields Slack's words for what is wrong, and where."""

import re
from collections.abc import Callable, Iterator, Mapping

Check = Callable[[object, str], Iterator[str]]


def problem(what: str, where: str) -> str:
    """Return one complaint the way `response_metadata.messages` words it."""
    return f"{what} [json-pointer:{where}]"


def string(maximum: int, *, minimum: int = 1) -> Check:
    """Accept a string of some length."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must be a string", where)
        elif len(value) < minimum:
            yield problem(f"must be more than {minimum - 1} characters", where)
        elif len(value) > maximum:
            yield problem(f"must be less than {maximum + 1} characters", where)

    return check


def pattern(expression: str, *, called: str, maximum: int = 3000) -> Check:
    """Accept a string that is wholly of one form."""
    length, form = string(maximum), re.compile(expression)

    def check(value: object, where: str) -> Iterator[str]:
        yield from length(value, where)
        if isinstance(value, str) and not form.fullmatch(value):
            yield problem(f"must be a valid {called}", where)

    return check


def choice(*allowed: str) -> Check:
    """Accept one of a few words."""

    def check(value: object, where: str) -> Iterator[str]:
        if value not in allowed:
            yield problem(f"must be one of: {', '.join(allowed)}", where)

    return check


def flag(value: object, where: str) -> Iterator[str]:
    """Accept true or false, and no word or number for them."""
    if not isinstance(value, bool):
        yield problem("must be a boolean", where)


def integer(least: int, most: int) -> Check:
    """Accept a whole number within bounds."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must be an integer", where)
        elif not least <= value <= most:
            yield problem(f"must be between {least} and {most}", where)

    return check


def items(each: Check, maximum: int, *, minimum: int = 1) -> Check:
    """Accept a list of some length whose items are all accepted."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must be an array", where)
            return
        if len(value) > maximum:
            yield problem(f"no more than {maximum} items allowed", where)
        if len(value) < minimum:
            yield problem(f"must provide at least {minimum} items", where)
        for index, item in enumerate(value):
            yield from each(item, f"{where}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object with these keys and no others."""
    known = {**required, **(optional or {})}

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must be an object", where)
            return
        for key in required:
            if key not in value:
                yield problem(f"missing required field: {key}", where)
        for key, item in value.items():
            if key in known:
                yield from known[key](item, f"{where}/{key}")
            else:
                yield problem(f"invalid additional property: {key}", where)

    return check


def variants(table: Mapping[str, Check]) -> Check:
    """Accept an object whose `type` is in the table and which that type accepts."""

    def check(value: object, where: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            yield problem("missing required field: type", where)
        elif kind not in table:
            yield problem(f"unsupported type: {kind}", f"{where}/type")
        else:
            yield from table[kind](value, where)

    return check


def both(*checks: Check) -> Check:
    """Accept what every check accepts; a later one may rely on the earlier."""

    def check(value: object, where: str) -> Iterator[str]:
        for one in checks:
            found = list(one(value, where))
            yield from found
            if found:
                return

    return check


def keys(*names: str, most: int = 1) -> Check:
    """Accept an object with at least one and at most so many of these keys."""

    def check(value: object, where: str) -> Iterator[str]:
        if isinstance(value, dict) and not 1 <= sum(name in value for name in names) <= most:
            count = "exactly one" if most == 1 else "at least one"
            yield problem(f"must define {count} of: {', '.join(names)}", where)

    return check
