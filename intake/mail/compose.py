"""Make a letter into mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from intake.domain.letter import LetterText
from intake.mail.automatic import LOOP
from intake.mail.letter_html import draw_letter

LONGEST_CHAIN = 20
#: For relays that take no more than ASCII.
PLAIN = SMTP.clone(cte_type="7bit")
#: RFC 5322 2.1.1. Folded at its kinder 78, a long Message-ID would become an encoded word, which
#: no mail program knows again.
UNFOLDED = PLAIN.clone(max_line_length=998)


@dataclass(frozen=True, kw_only=True)
class Threading:
    """What lets a mail program show the letter below its message, and answers find their way."""

    own_id: str
    answers: str = ""
    chain: Sequence[str] = ()
    #: Where an answer goes, where that is not the sender's address.
    reply_to: str = ""


def compose(
    letter: LetterText, *, sender: str, to: str, thread: Threading, date: datetime
) -> bytes:
    """Return the letter as bytes to send, marked as no person's mail (RFC 3834).

    It has the same words twice, as text and as a page; a mail program shows what suits it.
    """
    mail = EmailMessage(policy=PLAIN)
    mail["From"] = sender
    mail["To"] = to
    if thread.reply_to:
        mail["Reply-To"] = thread.reply_to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = thread.own_id
    if thread.answers:
        mail["In-Reply-To"] = thread.answers
        mail["References"] = " ".join([*thread.chain[-LONGEST_CHAIN:], thread.answers])
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    mail[LOOP] = "yes"
    mail.set_content(letter.text)
    mail.add_alternative(draw_letter(letter), subtype="html")
    return mail.as_bytes(policy=UNFOLDED)
