"""What happens when staff press a button in Slack: one transaction, then the ack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.triage import views
from bot.triage.deciding import change_form, confirm_form
from bot.triage.fields import Values
from bot.triage.presses import (
    Filled,
    Pressed,
    Presses,
    StalePressError,
    filled_from,
    needs_form,
)
from bot.triage.words import SLACK
from intake.attend import HazardNotFoundError
from intake.cases import CaseNotFoundError
from intake.domain.case import InvalidTransitionError
from intake.domain.triage import IncompleteError
from intake.store.summaries import MessageNotFoundError

Body = dict[str, Any]

GONE = "Not done: this card is not one of ours, or its message is gone."
NOT_DONE = (StalePressError, CaseNotFoundError, HazardNotFoundError, MessageNotFoundError)


@dataclass(frozen=True, kw_only=True)
class Listeners:
    """The listeners of one landlord's app, and what they need."""

    presses: Presses

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt which press is whose."""
        app.action(views.CONFIRM)(self.confirm)
        app.action(views.CHANGE)(self.change)
        app.action(views.UNDO)(self.undo)
        app.action(views.MARK_SENT)(self.mark_sent)
        app.action(views.SEE_POST)(self.see_post)
        app.view(views.CONFIRM_FORM)(self.submit)
        app.view(views.CHANGE_FORM)(self.submit)
        app.action(views.STEP)(self.step)
        app.view(views.STEP_FORM)(self.submit_step)

    async def confirm(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Confirm what is proposed; a complaint's definition is asked for first."""
        pressed = _pressed(body)
        try:
            message = await self.presses.see(pressed.message_id)
            if needs_form(message) and message.awaits_triage:
                await ack()
                await client.views_open(trigger_id=body["trigger_id"], view=confirm_form(message))
                return
            await self.presses.confirm(pressed, Filled(kinds=message.kinds))
        except (*NOT_DONE, InvalidTransitionError) as error:
            await self._refuse(ack, respond, error)
        else:
            await ack()

    async def change(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Ask what the message is instead."""
        try:
            message = await self.presses.see(_pressed(body).message_id)
        except NOT_DONE as error:
            await self._refuse(ack, respond, error)
            return
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=change_form(message))

    async def undo(self, ack: AsyncAck, body: Body, respond: AsyncRespond) -> None:
        """Take a decision back."""
        try:
            await self.presses.undo(_pressed(body))
        except (*NOT_DONE, InvalidTransitionError) as error:
            await self._refuse(ack, respond, error)
        else:
            await ack()

    async def mark_sent(self, ack: AsyncAck, body: Body, respond: AsyncRespond) -> None:
        """Record that the resident was told another way."""
        try:
            await self.presses.mark_sent(_pressed(body))
        except (*NOT_DONE, InvalidTransitionError) as error:
            await self._refuse(ack, respond, error)
        else:
            await ack()

    async def see_post(self, ack: AsyncAck) -> None:
        """A link was followed; there is nothing to record."""
        await ack()

    async def step(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Ask for what the step that was chosen needs."""
        try:
            form = await self.presses.ask(_pressed(body))
        except NOT_DONE as error:
            await self._refuse(ack, respond, error)
            return
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    async def submit(self, ack: AsyncAck, body: Body, view: Body) -> None:
        """Record what was filled in on the form of a triage, or say in the form why not."""

        async def record(pressed: Pressed, values: Values) -> Body | None:
            message = await self.presses.see(pressed.message_id)
            return await self.presses.confirm(pressed, filled_from(values, kinds=message.kinds))

        await self._submit(ack, body, view, record)

    async def submit_step(self, ack: AsyncAck, body: Body, view: Body) -> None:
        """Take the step that the form was for, or say in the form why not."""
        await self._submit(ack, body, view, self.presses.take)

    async def _submit(
        self,
        ack: AsyncAck,
        body: Body,
        view: Body,
        record: Callable[[Pressed, Values], Awaitable[Body | None]],
    ) -> None:
        pressed = Pressed(
            value=view["private_metadata"],
            by=SLACK + body["user"]["id"],
            key=f"{body['team']['id']}:{body['user']['id']}:{view['id']}",
        )
        values = {
            block: _value(*state.values()) for block, state in view["state"]["values"].items()
        }
        try:
            asked = await record(pressed, values)
        except IncompleteError as error:
            await ack(response_action="errors", errors=_errors(error, view))
        except InvalidTransitionError as error:
            told = views.refusal(error, now=self.presses.now())
            await ack(response_action="update", view=views.told_form(told))
        except NOT_DONE:
            await ack(response_action="update", view=views.told_form(GONE))
        else:
            await (ack(response_action="update", view=asked) if asked else ack())

    async def _refuse(self, ack: AsyncAck, respond: AsyncRespond, error: Exception) -> None:
        await ack()
        told = GONE
        if isinstance(error, InvalidTransitionError):
            told = views.refusal(error, now=self.presses.now())
        await respond(text=told, response_type="ephemeral", replace_original=False)


def _pressed(body: Body) -> Pressed:
    action = body["actions"][0]
    user = body["user"]["id"]
    chosen = action.get("selected_option") or action
    return Pressed(
        value=chosen["value"],
        by=SLACK + user,
        key=f"{body['team']['id']}:{user}:{action['action_ts']}",
    )


def _value(state: Body) -> object:
    """What one input holds: words, a choice, a day, or the values of the boxes ticked."""
    if "selected_options" in state:
        return [option["value"] for option in state["selected_options"]]
    chosen = state.get("selected_option")
    return chosen["value"] if chosen else state.get("selected_date") or state.get("value")


def _errors(error: IncompleteError, view: Body) -> dict[str, str]:
    """Slack shows an error only below an input that the form has; what has none, below the last."""
    shown = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    return {name if name in shown else shown[-1]: told for name, told in error.fields.items()}
