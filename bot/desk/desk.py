"""What the desk's pages share: the record, the presses, and how a card is drawn."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.desk.blocks import draw, draw_inputs, mrkdwn
from bot.desk.session import Sitting, Sittings
from bot.triage import views
from bot.triage.deciding import change_form, confirm_form
from bot.triage.files import about_file
from bot.triage.layout import TOPIC, Block, is_quiet
from bot.triage.presses import Presses, needs_form
from bot.triage.words import moment
from intake.domain.clock import Clock
from intake.domain.summary import MessageSummary
from intake.store.database import Database
from intake.store.files import Files

SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
PAGES = Environment(
    loader=PackageLoader("bot.desk", "pages"), autoescape=True, undefined=StrictUndefined
)
PAGES.globals.update(draw=draw, draw_inputs=draw_inputs, about_file=about_file, mrkdwn=mrkdwn)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A press that was not done because something must be filled in, and what was filled in."""

    pressed: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, Any] = field(default_factory=dict)
    #: The form once more, below the letter that goes by it, where that is to be looked at.
    form: Block | None = None


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What one menu of a card offers: its heading, and the words and value of each step."""

    title: str
    #: What they are about, as their values name it: a hazard, a case, the message itself.
    about: str
    choices: Sequence[tuple[str, str]]
    #: Whether they are shown at once: what moves the case, not what is noted around it.
    near: bool


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One card as the desk shows it: the blocks that Slack shows, and a form for each button."""

    message: MessageSummary
    blocks: Sequence[Block]
    buttons: Sequence[Block]
    confirm: Block | None
    change: Block
    missing: Missing
    #: What can be done next, as the menus of the card offer it.
    steps: Sequence[Steps]
    #: Tells a form sent twice from a second press.
    press: str


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the desk's pages need."""

    db: Database
    files: Files
    presses: Mapping[str, Presses]
    #: The landlords as residents know them.
    names: Mapping[str, str]
    #: Landlords whose letters reach nobody, for want of a mail server.
    unsent: Sequence[str]
    sittings: Sittings
    port: int
    #: Sends the sample messages to our own mail door and says how many.
    load_samples: Callable[[], Awaitable[int]]
    clock: Clock

    def draw(self, message: MessageSummary, missing: Missing | None = None) -> Drawn:
        """Draw one card."""
        card = views.triage_card(message, now=self.clock(), whole=True)
        buttons = [e for b in card.blocks if b["type"] == "actions" for e in b["elements"]]
        wants_form = needs_form(message) and message.awaits_triage
        looked = {missing.pressed: missing.form} if missing else {}
        return Drawn(
            message=message,
            blocks=[block for block in card.blocks if not is_quiet(block)],
            buttons=buttons,
            confirm=looked.get(views.CONFIRM) or (confirm_form(message) if wants_form else None),
            change=looked.get(views.CHANGE) or change_form(message),
            missing=missing or Missing(),
            steps=[_steps(block) for block in card.blocks if "accessory" in block],
            press=str(uuid4()),
        )

    def page(
        self, template: str, sitting: Sitting | None, *, status: int = 200, **facts: object
    ) -> HTMLResponse:
        """Return one page."""
        now = self.clock()
        html = PAGES.get_template(template).render(
            desk=self,
            sitting=sitting,
            said=lambda at: moment(at, now),
            **facts,
        )
        return HTMLResponse(html, status_code=status, headers=SAFE_HEADERS)


#: The headings of menus that are about no case, by what their steps are about.
TITLES = {
    "h": "Hazard: what was done, or why it is none",
    "m": "What is hidden",
    "t": "Where this message belongs",
}


def _steps(block: Block) -> Steps:
    choices = [(c["text"]["text"], c["value"]) for c in block["accessory"]["options"]]
    about = choices[0][1].split(":")[2]
    first = block["text"]["text"].split("\n")[0].replace("*", "")
    noted = block.get("block_id", "").startswith(TOPIC) or about[0] == "m"
    title = TITLES.get(about[0], first.rpartition(": ")[2] if noted else first)
    return Steps(title=title, about=about, choices=choices, near=not noted)
