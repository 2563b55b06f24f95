"""What Slack does with the text and blocks an app sends."""

import copy
import json

from tests.fakes.slack.blockkit import (
    MESSAGE_CHARACTERS,
    Block,
    characters,
    message_problems,
    too_large,
    view_problems,
)
from tests.fakes.slack.errors import SlackRefusalError, refusal_of
from tests.fakes.slack.workspace import (
    APP,
    BOT,
    BOT_USER,
    TEAM,
    Channel,
    Ephemeral,
    Json,
    View,
    Workspace,
)

POST_CHARACTERS, UPDATE_CHARACTERS = 40_000, 4_000


def asked(args: Json, name: str) -> bool:
    """Return whether a call sets a flag, in JSON or in a form."""
    return args.get(name) in {True, "true", "1"}


def read_blocks(sent: object) -> list[Block] | None:
    """Return the blocks of a call, if it has any.

    Raises:
        SlackRefusalError: Slack would not take them.
    """
    if sent is None:
        return None
    if isinstance(sent, str):
        try:
            sent = json.loads(sent)
        except ValueError:
            raise SlackRefusalError("invalid_blocks_format") from None
    found = message_problems(sent)
    if found:
        raise refusal_of("invalid_blocks", found)
    if characters(sent) > MESSAGE_CHARACTERS:
        raise SlackRefusalError("msg_blocks_too_long")
    return sent if isinstance(sent, list) else None


def read_metadata(sent: object) -> Json | None:
    """Return the metadata of a call, if it has any.

    Raises:
        SlackRefusalError: It has not exactly an event_type and an event_payload.
    """
    if sent is None:
        return None
    try:
        metadata = json.loads(sent) if isinstance(sent, str) else sent
    except ValueError:
        raise SlackRefusalError("invalid_metadata_format") from None
    if not isinstance(metadata, dict):
        raise SlackRefusalError("invalid_metadata_format")
    if metadata and (
        set(metadata) != {"event_type", "event_payload"}
        or not isinstance(metadata["event_type"], str)
        or not isinstance(metadata["event_payload"], dict)
    ):
        raise SlackRefusalError("invalid_metadata_schema")
    return dict(metadata)


def compose(workspace: Workspace, args: Json) -> Json:
    """Return the message that a call to post something asks for.

    Raises:
        SlackRefusalError: It has neither text nor blocks, or too much of them.
    """
    blocks = read_blocks(args.get("blocks"))
    text = args.get("text") or ""
    if not text and not blocks:
        raise SlackRefusalError("no_text")
    if len(text) > POST_CHARACTERS:
        raise SlackRefusalError("msg_too_long")
    message = {
        "type": "message",
        "user": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "team": TEAM,
        "bot_profile": {"id": BOT, "app_id": APP, "name": "heard", "team_id": TEAM},
        "text": text,
        "ts": workspace.new_ts(),
    }
    if blocks:
        message["blocks"] = workspace.rendered(blocks)
    if args.get("thread_ts"):
        message["thread_ts"] = args["thread_ts"]
    return message


def post(workspace: Workspace, channel: Channel, args: Json) -> Json:
    """Put a message into a channel, in a thread if so asked."""
    metadata = read_metadata(args.get("metadata"))
    message = compose(workspace, args)
    if metadata:
        message["metadata"] = metadata
    root = channel.messages.get(message.get("thread_ts", ""))
    if root is not None:
        root.setdefault("thread_ts", root["ts"])
        root["reply_count"] = root.get("reply_count", 0) + 1
    if asked(args, "reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    channel.messages[message["ts"]] = message
    return message


def whisper(workspace: Workspace, channel: Channel, user: str, args: Json) -> Ephemeral:
    """Show a message to one person only."""
    message = compose(workspace, args)
    shown = Ephemeral(channel=channel.id, user=user, message=message)
    workspace.ephemerals[message["ts"]] = shown
    return shown


def change(workspace: Workspace, message: Json, args: Json) -> None:
    """Change a message: text alone takes the blocks away (chat.update, `blocks`).

    Raises:
        SlackRefusalError: Nothing to change it to, or Slack would not take it.
    """
    blocks, text = read_blocks(args.get("blocks")), args.get("text")
    metadata = read_metadata(args.get("metadata"))
    if not text and blocks is None and metadata is None:
        raise SlackRefusalError("no_text")
    if text and len(text) > UPDATE_CHARACTERS:
        raise SlackRefusalError("msg_too_long")
    if text is not None:
        message["text"] = text
    if blocks:
        message["blocks"] = workspace.rendered(blocks)
    elif text or blocks is not None:
        message.pop("blocks", None)
        message["edited"] = {"user": BOT_USER, "ts": workspace.new_ts()}
    if metadata is not None:
        message["metadata"] = metadata
    if not message.get("metadata"):
        message.pop("metadata", None)


def read_view(workspace: Workspace, sent: object, *, but: str = "") -> Json:
    """Return the view of a call; `but` is the one view that may have its external_id already.

    Raises:
        SlackRefusalError: Slack would not take it.
    """
    try:
        view = json.loads(sent) if isinstance(sent, str) else copy.deepcopy(sent)
    except ValueError:
        view = None
    if too_large(view):
        raise SlackRefusalError("view_too_large")
    found = view_problems(view)
    if found or not isinstance(view, dict):
        raise refusal_of("invalid_arguments", found)
    name = view.get("external_id")
    taken = [v.body["id"] for v in workspace.views.values() if v.body["external_id"] == name]
    if name and set(taken) - {but}:
        raise SlackRefusalError("duplicate_external_id")
    return view


def open_view(workspace: Workspace, view: Json, user: str, *, over: View | None = None) -> View:
    """Put a modal before a person, on top of another if there is one."""
    view_id = f"V{workspace.number():010d}"
    below = over.body if over else {"root_view_id": view_id, "id": None}
    shown = View(user=user, body=_stored(workspace, view, view_id))
    shown.body |= {"root_view_id": below["root_view_id"], "previous_view_id": below["id"]}
    workspace.views[view_id] = shown
    return shown


def replace_view(workspace: Workspace, shown: View, view: Json) -> None:
    """Show other contents in a modal that stands open."""
    places = {key: shown.body[key] for key in ("root_view_id", "previous_view_id")}
    shown.body = _stored(workspace, view, shown.body["id"]) | places


def _stored(workspace: Workspace, view: Json, view_id: str) -> Json:
    optional = {
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return {
        **optional,
        **view,
        "blocks": workspace.rendered(view["blocks"]),
        "id": view_id,
        "team_id": TEAM,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT,
        "hash": f"{int(workspace.clock.now)}.{workspace.number():06x}",
        "state": {"values": {}},
    }
