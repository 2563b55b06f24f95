"""`heard run`, `heard web` and `heard worker`: the processes that need more than the mail door."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import uvloop
from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.app import Heard
from bot.child import BoundedChild
from bot.desk.app import build_desk
from bot.desk.session import Sittings
from bot.open import opened
from bot.record import Record
from bot.serve import mail_server, when_told_to_stop, working
from bot.settings import Settings, load_settings
from bot.web import build_web
from bot.web_server import web_server


def run(data: Path) -> None:
    """Do everything in one process."""
    settings = load_settings()
    with opened(settings, data) as record:
        uvloop.run(_everything(settings, record))


def run_web(data: Path) -> None:
    """Serve the residents' form, the webhooks and Slack over HTTP."""
    settings = load_settings()
    with opened(settings, data) as record:
        uvloop.run(_web(settings, record))


def run_worker(data: Path) -> None:
    """Do the work: read, assess, show, send; and take presses over Socket Mode."""
    settings = load_settings()
    with opened(settings, data) as record:
        uvloop.run(_worker(record))


async def _everything(settings: Settings, record: Record) -> None:
    stop = when_told_to_stop()
    heard = Heard(record)
    async with AsyncExitStack() as stack:
        await _start_worker(heard, stack)
        mail = await stack.enter_async_context(mail_server(record, settings))
        web = build_web(record, heard.slack_apps("http"))
        web_at = await stack.enter_async_context(
            web_server(lambda _: web, settings.web_host, settings.web_port, named="HEARD_WEB_PORT")
        )
        sittings = Sittings()
        desk = await stack.enter_async_context(
            web_server(
                lambda port: build_desk(heard.desk(sittings, mail, port)),
                "127.0.0.1",
                settings.desk_port,
                named="HEARD_DESK_PORT",
            )
        )
        _start_slack(heard, stack)
        lines = _addresses(heard, mail, web_at, f"{desk}/enter?key={sittings.key}")
        print(*lines, sep="\n", flush=True)
        await stop.wait()


async def _web(settings: Settings, record: Record) -> None:
    stop = when_told_to_stop()
    web = build_web(record, Heard(record).slack_apps("http"))
    host, port = settings.web_host, settings.web_port
    async with web_server(lambda _: web, host, port, named="HEARD_WEB_PORT") as address:
        print(f"Heard's web is at {address}", flush=True)
        await stop.wait()


async def _worker(record: Record) -> None:
    stop = when_told_to_stop()
    heard = Heard(record)
    async with AsyncExitStack() as stack:
        await _start_worker(heard, stack)
        _start_slack(heard, stack)
        print("Heard's worker is working", flush=True)
        await stop.wait()


async def _start_worker(heard: Heard, stack: AsyncExitStack) -> None:
    from bot.model import load_model  # numpy comes with it

    judge, redact = load_model(heard.configured.keep)
    child = await asyncio.to_thread(BoundedChild)
    stack.callback(child.close)
    handlers = heard.handlers(judge, redact, child)
    await heard.record.db.run(handlers.telling.promise)
    await stack.enter_async_context(working(heard.record, handlers.lanes()))


def _start_slack(heard: Heard, stack: AsyncExitStack) -> None:
    """Connect to each workspace that uses Socket Mode, now or when it answers."""
    for key, app in heard.slack_apps("socket").items():
        handler = AsyncSocketModeHandler(app, heard.configured.slack[key].app_token)
        stack.push_async_callback(handler.close_async)
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call] # Bolt gives no types
        stack.push_async_callback(_end, connecting)


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, ClientError, SlackApiError):
        await task


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
