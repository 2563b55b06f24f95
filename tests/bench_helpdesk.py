"""Measure how fast mail becomes a recorded case, beside django-helpdesk on the same mails.

By hand: `python -m tests.bench_helpdesk PYTHON`, where PYTHON has django-helpdesk installed.
"""

import asyncio
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from html import escape
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MAILS, TOGETHER = 500, 50
#: How many earlier messages stand below each mail.
THREADS = (0, 8, 20)
TOP = Path(__file__).parent.parent


def write_mails(folder: Path, *, thread: int = 0) -> None:
    """Write the labelled messages that we ship as mails, half of them HTML.

    Below each stand as many earlier ones as `thread` says, the way mail programs quote them.
    """
    texts: list[dict[str, Any]] = []
    for path in sorted((TOP / "training_data" / "messages").glob("*.jsonl")):
        texts += [json.loads(line) for line in path.read_text().splitlines()[: MAILS // 2]]
    for number, said in enumerate(texts[:MAILS]):
        earlier = [one["text"] for one in texts[number + 1 : number + 1 + thread]]
        mail = EmailMessage()
        mail["From"] = f"Jo Resident <jo{number}@example.org>"
        mail["To"] = "complaints@oak.example"
        mail["Subject"] = " ".join((said.get("subject") or f"My home {number}").split())
        mail["Message-ID"] = f"<{number}@example.org>"
        mail["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
        mail.set_content(said["text"] + _quoted(earlier))
        if number % 2:
            html = f"<p>{escape(said['text'])}</p>{_quoted_as_html(earlier)}"
            mail.add_alternative(html, subtype="html")
        (folder / f"{number:04}.eml").write_bytes(mail.as_bytes())


def _quoted(earlier: Sequence[str]) -> str:
    """Return earlier messages below a mail, each a level deeper."""
    below = ""
    for said in reversed(earlier):
        lines = [said, "", *below.splitlines()]
        head = "\n\nOn Mon, 2 Mar 2026 at 09:00, Repairs <repairs@oak.example> wrote:\n"
        below = head + "\n".join(f"> {line}" for line in lines) + "\n"
    return below


def _quoted_as_html(earlier: Sequence[str]) -> str:
    below = ""
    for said in reversed(earlier):
        head = '<div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Mar 2026 at 09:00, '
        head += "Repairs wrote:</div><blockquote>"
        below = f"{head}<p>{escape(said)}</p>{below}</blockquote></div>"
    return below


def read_mails(folder: Path) -> list[bytes]:
    """Return the mails in their order."""
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


def cpu() -> float:
    """Return the seconds of processor time that this process and its ended children took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure_helpdesk(folder: Path) -> dict[str, float]:
    """Have django-helpdesk make a ticket of each mail, as its intake does, on SQLite."""
    conf, django, management = (
        import_module(name) for name in ("django.conf", "django", "django.core.management")
    )
    conf.settings.configure(
        SECRET_KEY="of no use",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.humanize",
            "rest_framework",
            "helpdesk",
        ],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "peer.db")}
        },
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        MEDIA_ROOT=str(folder / "media"),
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_KANBAN_BOARD_ENABLED=False,
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        SITE_ID=1,
        USE_TZ=True,
    )
    django.setup()
    urls = import_module("django.urls")
    conf.settings.ROOT_URLCONF = (urls.path("", urls.include("helpdesk.urls", "helpdesk")),)
    management.call_command("migrate", verbosity=0)
    models, intake = import_module("helpdesk.models"), import_module("helpdesk.email")
    queue = models.Queue.objects.create(title="Complaints", slug="complaints")
    logger = logging.getLogger("helpdesk")
    mails = [raw.decode() for raw in read_mails(folder)]
    started, spent = time.perf_counter(), cpu()
    for mail in mails:
        intake.extract_email_metadata(mail, queue, logger)
    made = {"wall": time.perf_counter() - started, "cpu": cpu() - spent}
    return made | {"made": models.Ticket.objects.count()}


def measure_heard(folder: Path) -> dict[str, float]:
    """Keep, read, judge, redact and record each mail, on SQLite with every commit on disk."""
    return asyncio.run(_measure_heard(folder))


async def _measure_heard(folder: Path) -> dict[str, float]:
    # Here and not above: the peer's Python has none of it.
    app, opening, settings = (import_module(f"bot.{n}") for n in ("app", "open", "settings"))
    child = import_module("bot.child").BoundedChild()
    judge = import_module("classifier.judge").load_judge()
    with opening.opened(settings.Settings(), folder / "heard") as record:
        redact = import_module("bot.model").load_redactor(record.configured.keep)
        lane, *_ = app.Heard(record).handlers(judge, redact, child).lanes()
        mails = read_mails(folder)
        await _take_in(record, lane, mails[:1])  # what is loaded at first use is not measured
        started, spent = time.perf_counter(), cpu()
        accepted = await _take_in(record, lane, mails)
        wall = time.perf_counter() - started
        child.close()  # now its processor time counts
        made = len(await record.db.read(lambda s: s.execute(_text()).all()))
        return {"wall": wall, "cpu": cpu() - spent, "accepted": accepted, "made": made}


async def _take_in(record: Any, lane: Any, mails: Sequence[bytes]) -> float:  # noqa: ANN401
    """Record mails, and return how long they took to be accepted."""
    message, worker = import_module("intake.domain.message"), import_module("intake.worker")
    accepting = 0.0
    for start in range(0, len(mails), TOGETHER):
        began = time.perf_counter()
        deliveries = [
            message.Delivery(
                landlord="oak", channel=message.Channel.EMAIL, raw=raw, arrived_at=record.clock()
            )
            for raw in mails[start : start + TOGETHER]
        ]
        await asyncio.gather(*(record.keep(delivery) for delivery in deliveries))
        accepting += time.perf_counter() - began
        while await worker.do_due(record.db, lane, clock=record.clock):
            pass
    return accepting


def _text() -> Any:  # noqa: ANN401 - a statement of a library that the peer lacks
    return import_module("sqlalchemy").text("SELECT id FROM assessment")


def main(peer: str) -> None:
    """Measure both, one after the other, on first messages and on long threads; print tables."""
    for thread in THREADS:
        with TemporaryDirectory() as name:
            folder = Path(name)
            write_mails(folder, thread=thread)
            asked = [peer, str(Path(__file__)), "--peer", str(folder)]
            ran = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603
            theirs, ours = json.loads(ran.stdout.splitlines()[-1]), measure_heard(folder)
            size = sum(map(len, read_mails(folder))) / MAILS / 1000
        title = f"\n{thread} earlier messages below each, {size:.1f} kB a mail:\n"
        sys.stdout.write("\n".join([title, *_table(theirs, ours), ""]))


def _table(theirs: Mapping[str, float], ours: Mapping[str, float]) -> Iterator[str]:
    yield f"| {MAILS} mails | recorded a second | processor ms a mail | accepted a second | made |"
    yield "|---|---|---|---|---|"
    for who, seen in (("django-helpdesk", theirs), ("Heard", ours)):
        rate, each = MAILS / seen["wall"], seen["cpu"] / MAILS * 1000
        accepted = MAILS / seen.get("accepted", seen["wall"])
        yield f"| {who} | {rate:.0f} | {each:.1f} | {accepted:.0f} | {seen['made']:.0f} |"
    recorded, accepted = theirs["wall"] / ours["wall"], theirs["wall"] / ours["accepted"]
    yield f"Heard records {recorded:.2f} times as fast and accepts {accepted:.1f} times as fast;"
    yield f"it takes {ours['cpu'] / theirs['cpu']:.2f} times the processor time."


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        sys.stdout.write(json.dumps(measure_helpdesk(Path(sys.argv[2]))))
    else:
        main(sys.argv[1])
