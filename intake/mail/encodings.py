"""Transfer encodings (RFC 2045 6, and uuencode), however badly they are kept to."""

import binascii
import re
from collections.abc import Iterator

NO_BASE64 = bytes(set(range(256)) - set(b"+/=" + bytes(range(48, 58)))
                  - set(range(65, 91)) - set(range(97, 123)))  # fmt: skip
FIRST_LINE = re.compile(rb"\s*([^\r\n]*)")
BEGIN = re.compile(rb"^begin[ \t]+[0-7]{3,4}[ \t]+([^\r\n]{1,300})\r?\n", re.MULTILINE)
END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)


def decode_transfer(body: bytes, said: str) -> bytes:
    """Return the bytes that were encoded; as they are where they were not, whatever is said."""
    if "base64" in said:
        return _from_base64(body)
    if said.startswith("quoted"):
        return binascii.a2b_qp(body)
    if "uu" in said:
        files = list(find_uuencoded(body))
        return files[0][3] if files else body
    return body


def find_uuencoded(body: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Return where each uuencoded file begins and ends, its name and its bytes."""
    at = 0
    while begin := BEGIN.search(body, at):
        end = END.search(body, begin.end())
        if end is None:
            return
        lines = body[begin.end() : end.start()].splitlines()
        data = b"".join(map(_from_uu, lines))
        if data or not b"".join(lines).strip(b"` "):
            yield begin.start(), end.end(), begin[1].strip(), data
        at = end.end()


def _from_base64(body: bytes) -> bytes:
    first = FIRST_LINE.match(body)
    if first and b" " in first[1].strip():  # words, not base64
        return body
    digits = body.translate(None, NO_BASE64).partition(b"=")[0]
    whole = digits[: len(digits) - (len(digits) % 4 == 1)]
    return binascii.a2b_base64(whole + b"==")


def _from_uu(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # too short or too long for what its first letter says
        length = ((line[0] - 32) & 63) * 4 + 5
        try:
            return binascii.a2b_uu(line[: length // 3])
        except binascii.Error:
            return b""
