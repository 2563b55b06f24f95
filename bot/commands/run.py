"""`heard run`, `heard web` and `heard worker`: the processes that need more than the mail door."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.app import Heard
from bot.child import BoundedChild
from bot.desk.app import build_desk
from bot.desk.desk import Desk
from bot.desk.samples import send_samples
from bot.desk.session import Sittings
from bot.open import opened
from bot.record import Record
from bot.serve import mail_server, until_told_to_stop, working
from bot.settings import Settings, load_settings
from bot.web import build_web
from bot.web_server import web_server


def run(data: Path) -> None:
    """Do everything in one process."""
    settings = load_settings()
    with opened(settings, data) as record:
        asyncio.run(_everything(settings, record))


def run_web(data: Path) -> None:
    """Serve the residents' form, the webhooks and Slack over HTTP."""
    settings = load_settings()
    with opened(settings, data) as record:
        asyncio.run(_web(settings, record))


def run_worker(data: Path) -> None:
    """Do the work: read, assess, show, send; and take presses over Socket Mode."""
    settings = load_settings()
    with opened(settings, data) as record:
        asyncio.run(_worker(record))


async def _everything(settings: Settings, record: Record) -> None:
    heard = Heard(record)
    async with AsyncExitStack() as stack:
        await _start_worker(heard, stack)
        await _start_slack(heard, stack)
        mail = await stack.enter_async_context(mail_server(record, settings))
        web = build_web(record, heard.slack_apps("http"))
        web_at = await stack.enter_async_context(
            web_server(lambda _: web, settings.web_host, settings.web_port, named="HEARD_WEB_PORT")
        )
        sittings = Sittings()
        desk = await stack.enter_async_context(
            web_server(
                lambda port: build_desk(_desk(heard, sittings, mail, port)),
                "127.0.0.1",
                settings.desk_port,
                named="HEARD_DESK_PORT",
            )
        )
        lines = _addresses(heard, mail, web_at, f"{desk}/enter?key={sittings.key}")
        await until_told_to_stop(partial(print, *lines, sep="\n", flush=True))


async def _web(settings: Settings, record: Record) -> None:
    web = build_web(record, Heard(record).slack_apps("http"))
    host, port = settings.web_host, settings.web_port
    async with web_server(lambda _: web, host, port, named="HEARD_WEB_PORT") as address:
        await until_told_to_stop(partial(print, f"Heard's web is at {address}", flush=True))


async def _worker(record: Record) -> None:
    heard = Heard(record)
    async with AsyncExitStack() as stack:
        await _start_worker(heard, stack)
        await _start_slack(heard, stack)
        await until_told_to_stop(partial(print, "Heard's worker is working", flush=True))


async def _start_worker(heard: Heard, stack: AsyncExitStack) -> None:
    from bot.model import load_model  # numpy comes with it

    judge, redact = load_model()
    child = await asyncio.to_thread(BoundedChild)
    stack.callback(child.close)
    handlers = heard.handlers(judge, redact, child)
    await stack.enter_async_context(working(heard.record, handlers.lanes()))


async def _start_slack(heard: Heard, stack: AsyncExitStack) -> None:
    """Connect to each workspace that uses Socket Mode; a failed connection is tried again."""
    for key, app in heard.slack_apps("socket").items():
        settings = heard.configured.slack[key]
        handler = AsyncSocketModeHandler(app, settings.app_token)
        stack.push_async_callback(handler.close_async)
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt gives no types


def _desk(heard: Heard, sittings: Sittings, mail: str, port: int) -> Desk:
    record = heard.record
    return Desk(
        db=record.db,
        files=record.files,
        presses={key: heard.presses(key) for key in heard.configured.names},
        names=heard.configured.names,
        unsent=heard.unsent(),
        sittings=sittings,
        port=port,
        load_samples=partial(send_samples, mail, next(iter(heard.configured.recipients))),
        clock=record.clock,
    )


def _addresses(heard: Heard, mail: str, web: str, desk: str) -> Sequence[str]:
    forms = [f"  {web}/contact/{key}" for key in heard.configured.names]
    mailboxes = ", ".join(heard.configured.recipients)
    unsent = [
        f"  No mail server is set for {name}: letters go to {heard.record.data}/outbox only."
        for name in heard.unsent()
    ]
    return [
        "",
        "Heard is running. Open the desk with this link (it works once):",
        "",
        f"  {desk}",
        "",
        f"Mail is taken at {mail} for {mailboxes}",
        "Residents' forms:",
        *forms,
        *unsent,
        "Press Control-C to stop.",
        "",
    ]
