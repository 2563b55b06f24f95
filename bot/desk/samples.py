"""A dozen messages to try Heard with, sent through the real mail door."""

from collections.abc import Iterator
from email.message import EmailMessage

import aiosmtplib

#: Sender's name and address, subject, text. Nobody in them is real.
SAMPLES = (
    (
        "Marion Achterberg",
        "marion.a@example.org",
        "Heating again",
        (
            "This is the third time I have written about the boiler at 14 Larch Walk and "
            "nobody has come. My mother is 86 and has been sitting in her coat since Sunday. "
            "I am really not happy with how this has been handled. Please send somebody today"
            " and tell me why the last two appointments were missed.\n\nMarion, 07700 900142"
        ),
    ),
    (
        "Dele Ogunbanjo",
        "dele@example.net",
        "Tap",
        (
            "Hello, the hot tap in the bathroom has started to drip. Could somebody come and "
            "look at it? Any morning suits me. Thanks in advance, Dele"
        ),
    ),
    (
        "Priya Raman",
        "priya.raman@example.com",
        "Black mould in the baby's room",
        (
            "There is black mould spreading up the wall behind the cot and the paper is "
            "coming away. He is seven months old and has a chesty cough. Can you please get "
            "someone out."
        ),
    ),
    (
        "Callum Reid",
        "callum.r@example.org",
        "Thank you",
        (
            "Just a line to say that the lad who fitted my new door on Thursday was spot on. "
            "Tidy, polite and he even swept the landing. Please pass it on to him."
        ),
    ),
    (
        "Irena Nowicka",
        "irena.n@example.net",
        "An idea for the bin store",
        (
            "If you put a second light by the bin store, people would use the right bins in "
            "the evening. At the moment nobody can read the labels after four o'clock."
        ),
    ),
    (
        "Trevor Pask",
        "tpask@example.org",
        "Smell of gas",
        "strong smell of gas in the hall since i got in, windows are open, what do i do",
    ),
    (
        "Yusuf Karim",
        "yusuf.karim@example.com",
        "Service charge",
        (
            "Could you send me a copy of last year's service charge statement? I need it for "
            "my accountant. My national insurance number is AB 12 34 56 C if that helps to "
            "find me."
        ),
    ),
    (
        "Gwen Prosser",
        "gwen@example.net",
        "Your letter of the 3rd",
        (
            "I have had your stage one reply about the lift and I do not accept it. It says "
            "the lift was out for two days. It was eleven. I would like somebody else to look"
            " at this again."
        ),
    ),
    (
        "Sam Whitlock",
        "sam.w@example.org",
        "Well done everybody",
        (
            "Five weeks for a light bulb on the stairs. Truly a triumph. Shall I book my own "
            "electrician for the next one or would that spoil your record?"
        ),
    ),
    (
        "Councillor's office",
        "office@councillor.example",
        "Enquiry for a resident",
        (
            "I write on behalf of Councillor Adeyemi about a resident of Mill Court who tells"
            " us that the front entrance does not lock. Please let us know when it will be "
            "mended."
        ),
    ),
    (
        "Noor Saleh",
        "noor@example.com",
        "neighbour",
        (
            "the man in the flat above shouted at my kids on the stairs again last night and "
            "kicked our door. they are scared to go out. it is every weekend now, please do "
            "something"
        ),
    ),
    (
        "Bernard Oyelaran",
        "b.oyelaran@example.org",
        "Repair booked for Tuesday",
        (
            "Nobody came on Tuesday morning. I expect it was the snow. Could you book me in "
            "again please, after the 10th if you can. You can write to me at BR1 4ZZ or on "
            "01632 960777."
        ),
    ),
)


def sample_mails(to: str) -> Iterator[EmailMessage]:
    """Return the messages as mail to one of our addresses."""
    for number, (name, address, subject, text) in enumerate(SAMPLES, start=1):
        mail = EmailMessage()
        mail["From"] = f'"{name}" <{address}>'
        mail["To"] = to
        mail["Subject"] = subject
        mail["Message-ID"] = f"<heard-sample-{number}@example.org>"
        mail.set_content(text)
        yield mail


async def send_samples(door: str, to: str) -> int:
    """Send the messages to the mail door at `host:port`, and return how many there were.

    Raises:
        OSError: the door does not answer.
    """
    host, _, port = door.rpartition(":")
    client = aiosmtplib.SMTP(hostname=host, port=int(port), start_tls=False, timeout=10)
    async with client:
        for mail in sample_mails(to):
            await client.send_message(mail)
    return len(SAMPLES)
