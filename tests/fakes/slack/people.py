"""What Slack tells the app when a person presses, fills in or closes something.

Shapes: github.com/slackapi/java-slack-sdk, json-logs/samples/app-backend.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.blockkit import Block
from tests.fakes.slack.errors import ImpossibleError
from tests.fakes.slack.inputs import STATELESS, elements, fill, kept, unfilled
from tests.fakes.slack.workspace import (
    ALICE,
    APP,
    BOT_USER,
    TEAM,
    Json,
    ResponseLink,
    Workspace,
)

#: Slack's old verification token: sent, but nothing to trust.
TOKEN = "verification-token"


@dataclass(frozen=True, kw_only=True)
class Press:
    """One touch of one element by one person."""

    action_id: str
    user: str = ALICE
    value: str | None = None
    state: Mapping[str, object] | None = None
    #: Where an action_id stands in more than one block.
    block_id: str | None = None


def press_message(workspace: Workspace, place: tuple[str, str], press: Press, base: str) -> Json:
    """Return the block_actions of a press on a message; `place` is its channel and timestamp.

    Raises:
        ImpossibleError: That person does not see that element.
    """
    channel, ts = place
    message = workspace.shown(channel, ts, press.user)
    hidden = ts in workspace.ephemerals
    actions, state = _use(workspace, message.get("blocks", []), press)
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel,
        "is_ephemeral": hidden,
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    return {
        **_from(workspace, "block_actions", press.user),
        "container": container,
        "trigger_id": workspace.issue_trigger(press.user),
        "channel": {"id": channel, "name": workspace.channels[channel].name},
        **({} if hidden else {"message": copy.deepcopy(message)}),
        "state": {"values": state},
        "response_url": _response_url(workspace, place, press.user, base),
        "actions": actions,
    }


def press_view(workspace: Workspace, view_id: str, press: Press) -> Json:
    """Return the block_actions of a press in a modal.

    Raises:
        ImpossibleError: That person does not see that element.
    """
    view = workspace.view_of(view_id, press.user)
    actions, state = _use(workspace, view.body["blocks"], press)
    return {
        **_from(workspace, "block_actions", press.user),
        "container": {"type": "view", "view_id": view_id},
        "trigger_id": workspace.issue_trigger(press.user),
        "view": {**copy.deepcopy(view.body), "state": {"values": state}},
        "actions": actions,
    }


def submit_view(
    workspace: Workspace, view_id: str, values: Mapping[str, object] | None, user: str
) -> Json:
    """Return the view_submission of a modal with these values entered.

    Raises:
        ImpossibleError: It is not open before that person, or cannot be submitted like that.
    """
    view = workspace.view_of(view_id, user)
    if not view.body["submit"]:
        raise ImpossibleError(f"view {view_id} has no button to submit it")
    state = fill(view.body["blocks"], values)
    empty = unfilled(view.body["blocks"], state)
    if empty:
        raise ImpossibleError(f"required and still empty: {', '.join(empty)}")
    return {
        **_from(workspace, "view_submission", user),
        "trigger_id": workspace.issue_trigger(user),
        "view": {**copy.deepcopy(view.body), "state": {"values": state}},
        "response_urls": [],
    }


def close_view(workspace: Workspace, view_id: str, user: str) -> Json | None:
    """Close a modal, and return the view_closed if the app asked to be told.

    Raises:
        ImpossibleError: It is not open before that person.
    """
    view = workspace.view_of(view_id, user)
    view.open = False
    if not view.body["notify_on_close"]:
        return None
    return {
        **_from(workspace, "view_closed", user),
        "view": copy.deepcopy(view.body),
        "is_cleared": False,
    }


def wrap_event(workspace: Workspace, event: Json, event_id: str | None) -> Json:
    """Return the Events API's envelope around one event."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": {**event, "event_ts": event.get("event_ts", workspace.new_ts())},
        "type": "event_callback",
        "event_id": event_id or f"Ev{workspace.number():09d}",
        "event_time": int(workspace.clock.now),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{workspace.number():032x}",
    }


def _from(workspace: Workspace, kind: str, user: str) -> Json:
    name = workspace.users[user]["name"]
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM},
        "api_app_id": APP,
        "token": TOKEN,
        "team": {"id": TEAM, "domain": "housing"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _use(workspace: Workspace, blocks: list[Block], press: Press) -> tuple[list[Json], Json]:
    block, element = _find(blocks, press)
    about: dict[str, Any] = {
        key: copy.deepcopy(element[key])
        for key in ("type", "text", "value", "style", "placeholder", "confirm")
        if key in element
    }
    state = fill(blocks, press.state)
    if element["type"] == "button":
        about |= {} if press.value is None else {"value": press.value}
    else:
        about |= (chosen := kept(element, press.value))
        if element["type"] not in STATELESS:
            state[block["block_id"]][press.action_id] = chosen
    action = {"action_id": press.action_id, "block_id": block["block_id"], **about}
    return [{**action, "action_ts": workspace.new_ts()}], state


def _find(blocks: list[Block], press: Press) -> tuple[Block, Block]:
    found = [
        (block, element)
        for block, element in elements(blocks)
        if element["action_id"] == press.action_id and press.block_id in {None, block["block_id"]}
    ]
    if len(found) != 1:
        there = ", ".join(element["action_id"] for _, element in elements(blocks))
        raise ImpossibleError(
            f"{len(found)} elements are called {press.action_id!r}; there are: {there or 'none'}"
        )
    return found[0]


def _response_url(workspace: Workspace, place: tuple[str, str], user: str, base: str) -> str:
    name = f"{TEAM}-{workspace.number()}-{workspace.number():024x}"
    channel, ts = place
    workspace.links[name] = ResponseLink(
        channel=channel, user=user, ts=ts, issued=workspace.clock.now
    )
    return f"{base}/actions/{name}"
