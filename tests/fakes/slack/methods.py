"""The methods of Slack's Web API that Heard calls: docs.slack.dev, reference/methods."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.fakes.slack.errors import RateLimitedError, SlackRefusalError, refusal_of
from tests.fakes.slack.messages import (
    asked,
    change,
    open_view,
    post,
    read_view,
    replace_view,
    whisper,
)
from tests.fakes.slack.workspace import BOT, BOT_USER, TEAM, Channel, Json, View, Workspace

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Method:
    """What a method needs, and what it does."""

    run: Callable[[Workspace, Json], Json]
    #: One scope, or one for public channels and one for private ones.
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def scope(self, workspace: Workspace, args: Json) -> str | None:
        """Return the scope that this call wants."""
        channel = workspace.channels.get(str(args.get("channel")))
        private = channel is not None and channel.private
        return self.scopes[-1 if private else 0] if self.scopes else None


def perform(workspace: Workspace, method: Method, args: Json, scopes: set[str]) -> Json:
    """Return what Slack answers to a call by an app with these scopes.

    Raises:
        SlackRefusalError: Slack refuses it.
    """
    wanted = method.scope(workspace, args)
    if wanted is not None and wanted not in scopes:
        provided = ",".join(sorted(scopes))
        raise SlackRefusalError("missing_scope", needed=wanted, provided=provided)
    missing = [name for name in method.needs if not args.get(name)]
    if missing:
        where = [f"missing required field: {n} [json-pointer:/{n}]" for n in missing]
        raise refusal_of("invalid_arguments", where)
    return {"ok": True, **method.run(workspace, args)}


def _auth_test(workspace: Workspace, args: Json) -> Json:
    del workspace, args
    return {
        "url": "https://housing.slack.example/",
        "team": "Housing",
        "user": "heard",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def _post_message(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    seconds = workspace.rate.wait(channel.id)
    if seconds:
        raise RateLimitedError(seconds)
    message = post(workspace, channel, args)
    shown = {key: value for key, value in message.items() if key != "metadata"}
    return {"channel": channel.id, "ts": message["ts"], "message": shown}


def _update(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    message = _own(channel, args["ts"], "cant_update_message")
    change(workspace, message, args)
    shown = {key: value for key, value in message.items() if key != "metadata"}
    return {"channel": channel.id, "ts": args["ts"], "text": message["text"], "message": shown}


def _delete(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    _own(channel, args["ts"], "cant_delete_message")
    del channel.messages[args["ts"]]
    return {"channel": channel.id, "ts": args["ts"]}


def _own(channel: Channel, ts: str, refused: str) -> Json:
    message = _message(channel, ts)
    if message.get("bot_id") != BOT:
        raise SlackRefusalError(refused)
    return message


def _message(channel: Channel, ts: str) -> Json:
    if ts not in channel.messages:
        raise SlackRefusalError("message_not_found")
    return channel.messages[ts]


def _post_ephemeral(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    if args["user"] not in channel.members:
        raise SlackRefusalError("user_not_in_channel")
    shown = whisper(workspace, channel, args["user"], args)
    return {"message_ts": shown.message["ts"]}


def _permalink(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    ts = _message(channel, args["message_ts"])["ts"]
    link = f"https://housing.slack.example/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _open(workspace: Workspace, args: Json) -> Json:
    view = read_view(workspace, args["view"])
    user = workspace.exchange(args["trigger_id"])
    return {"view": open_view(workspace, view, user).body}


def _update_view(workspace: Workspace, args: Json) -> Json:
    shown = _find_view(workspace, args)
    if args.get("hash") not in {None, shown.body["hash"]}:
        raise SlackRefusalError("hash_conflict")
    replace_view(workspace, shown, read_view(workspace, args["view"], but=shown.body["id"]))
    return {"view": shown.body}


def _find_view(workspace: Workspace, args: Json) -> View:
    for shown in workspace.views.values():
        named = (args.get("view_id"), args.get("external_id") or None)
        if shown.open and (shown.body["id"] == named[0] or shown.body["external_id"] == named[1]):
            return shown
    raise SlackRefusalError("not_found")


def _history(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    return _page(
        [
            message
            for message in reversed(channel.messages.values())
            if message.get("thread_ts", message["ts"]) == message["ts"]
            or message.get("subtype") == "thread_broadcast"
        ],
        args,
    )


def _replies(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    if args["ts"] not in channel.messages:
        raise SlackRefusalError("thread_not_found")
    thread = [m for m in channel.messages.values() if args["ts"] in {m["ts"], m.get("thread_ts")}]
    return _page(thread, args)


def _page(found: list[Json], args: Json) -> Json:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    inclusive = asked(args, "inclusive")
    within = [
        message
        for message in found
        if oldest < float(message["ts"]) < latest
        or (inclusive and float(message["ts"]) in {oldest, latest})
    ]
    page, cursor = _cut(within, args)
    if not asked(args, "include_all_metadata"):
        page = [{k: v for k, v in message.items() if k != "metadata"} for message in page]
    after = {"next_cursor": cursor}
    return {"messages": page, "has_more": bool(cursor), "response_metadata": after}


def _cut(found: list[T], args: Json) -> tuple[list[T], str]:
    start, limit = str(args.get("cursor") or 0), int(args.get("limit") or 100)
    if not start.isdecimal():
        raise SlackRefusalError("invalid_cursor")
    end = int(start) + limit
    return found[int(start) : end], str(end) if end < len(found) else ""


def _members(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channels.get(args["channel"])
    if channel is None or (channel.private and BOT_USER not in channel.members):
        raise SlackRefusalError("channel_not_found")
    page, cursor = _cut(sorted(channel.members), args)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def _user(workspace: Workspace, args: Json) -> Json:
    if args["user"] not in workspace.users:
        raise SlackRefusalError("user_not_found")
    return {"user": workspace.users[args["user"]]}


def _react(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel_for_bot(args["channel"])
    message = _message(channel, args["timestamp"])
    if args["name"].startswith(":"):
        raise SlackRefusalError("invalid_name")
    reactions = message.setdefault("reactions", [])
    if any(r["name"] == args["name"] and BOT_USER in r["users"] for r in reactions):
        raise SlackRefusalError("already_reacted")
    reactions.append({"name": args["name"], "users": [BOT_USER], "count": 1})
    return {}


HISTORY = ("channels:history", "groups:history")
METHODS: dict[str, Method] = {
    "auth.test": Method(run=_auth_test),
    "chat.postMessage": Method(run=_post_message, scopes=("chat:write",), needs=("channel",)),
    "chat.update": Method(run=_update, scopes=("chat:write",), needs=("channel", "ts")),
    "chat.delete": Method(run=_delete, scopes=("chat:write",), needs=("channel", "ts")),
    "chat.postEphemeral": Method(
        run=_post_ephemeral, scopes=("chat:write",), needs=("channel", "user")
    ),
    "chat.getPermalink": Method(run=_permalink, needs=("channel", "message_ts")),
    "views.open": Method(run=_open, needs=("trigger_id", "view")),
    "views.update": Method(run=_update_view, needs=("view",)),
    "conversations.history": Method(run=_history, scopes=HISTORY, needs=("channel",)),
    "conversations.replies": Method(run=_replies, scopes=HISTORY, needs=("channel", "ts")),
    "conversations.members": Method(
        run=_members, scopes=("channels:read", "groups:read"), needs=("channel",)
    ),
    "users.info": Method(run=_user, scopes=("users:read",), needs=("user",)),
    "reactions.add": Method(
        run=_react, scopes=("reactions:write",), needs=("channel", "name", "timestamp")
    ),
}
