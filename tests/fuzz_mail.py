"""Look for bytes that break the reading of mail, guided by what they reach.

With the extra (`pip install atheris`): `python -m tests.fuzz_mail [FOLDER] -max_total_time=3600`.
"""

import sys
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")  # an extra, and without types

with atheris.instrument_imports(include=["intake"]):
    from intake.mail.html import html_to_text
    from intake.mail.reading import read_mail
    from intake.mail.tnef import TnefError, unwrap
    from intake.mail.trim import split_reply


def read(raw: bytes) -> None:
    """Read the bytes as a mail, as HTML, as text and as winmail.dat."""
    reading = read_mail(raw)
    if bool(reading.visible) is not bool(reading.text):
        raise AssertionError("nothing was made of something, or the reverse")
    words = raw.decode("utf-8", "replace")
    html_to_text(words)
    split_reply(words)
    try:
        unwrap(raw)
    except TnefError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
