"""What Slack does with what the app answers: to a modal's submission, and by response_url."""

from tests.fakes.slack.delivery import Answer
from tests.fakes.slack.errors import SlackRefusalError
from tests.fakes.slack.inputs import elements
from tests.fakes.slack.messages import (
    asked,
    change,
    open_view,
    post,
    read_view,
    replace_view,
    whisper,
)
from tests.fakes.slack.workspace import Json, View, Workspace


def take_answer(workspace: Workspace, answer: Answer) -> list[str]:
    """Do what the app answered to an interaction, and return what Slack does not accept in it."""
    payload = answer.payload
    if not answer.acknowledged or answer.attempt:
        return []
    if answer.delivery.type == "events_api":
        return []
    if not answer.delivery.accepts_response_payload:
        return ["no payload is accepted in the answer to this"] if payload else []
    view = workspace.views[answer.delivery.payload["view"]["id"]]
    try:
        return _respond(workspace, view, payload or {})
    except SlackRefusalError as refusal:
        return [refusal.error, *refusal.more.get("errors", [])]


def _respond(workspace: Workspace, view: View, said: Json) -> list[str]:
    match said.get("response_action"):
        case None:
            view.open = False
            return ["a payload needs a response_action"] if said else []
        case "errors":
            return _wrong_errors(view, said.get("errors"))
        case "clear":
            for other in workspace.views.values():
                if other.body["root_view_id"] == view.body["root_view_id"]:
                    other.open = False
            return []
        case "update":
            known = view.body["id"]
            replace_view(workspace, view, read_view(workspace, said.get("view"), but=known))
            return []
        case "push":
            open_view(workspace, read_view(workspace, said.get("view")), view.user, over=view)
            return []
        case unknown:
            return [f"unknown response_action: {unknown}"]


def _wrong_errors(view: View, errors: object) -> list[str]:
    inputs = {b["block_id"] for b, _ in elements(view.body["blocks"]) if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        return ["errors must name at least one block"]
    return [
        f"no input block to show an error at: {block}"
        for block, words in errors.items()
        if block not in inputs or not isinstance(words, str) or not words
    ]


def respond(workspace: Workspace, name: str, said: Json) -> None:
    """Do what the app posted to a response_url.

    Raises:
        SlackRefusalError: The address is used up or too old, or Slack would not take the message.
    """
    link = workspace.link(name)
    channel = workspace.channels[link.channel]
    hidden = workspace.ephemerals.get(link.ts)
    original = hidden.message if hidden else channel.messages.get(link.ts)
    if asked(said, "delete_original"):
        workspace.ephemerals.pop(link.ts, None)
        channel.messages.pop(link.ts, None)
    elif asked(said, "replace_original") and original is not None:
        change(workspace, original, said)
    elif said.get("response_type", "ephemeral") == "in_channel":
        post(workspace, channel, said)
    else:
        whisper(workspace, channel, link.user, said)
