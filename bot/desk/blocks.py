"""Draw Block Kit as HTML: the same blocks that Slack shows."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from bot.triage.previews import LARGE_PART, LETTER_PART

Block = dict[str, Any]

#: The words of a letter, as it goes.
PAPERS = frozenset({LETTER_PART, LARGE_PART})
BOLD = re.compile(r"\*([^*\n]+)\*")
MENTION = re.compile(r"&lt;@([A-Z0-9]{1,20})&gt;")


def draw(blocks: Iterable[Block]) -> Markup:
    """Return the HTML of all blocks but buttons and inputs, which are forms at the desk."""
    return Markup("\n").join(DRAWINGS[b["type"]](b) for b in blocks if b["type"] in DRAWINGS)


def draw_inputs(
    blocks: Iterable[Block], own_id: str, errors: Mapping[str, str], filled: Mapping[str, Any]
) -> Markup:
    """Return the HTML of a form's blocks; `own_id` sets its fields apart from other cards'."""
    pieces = []
    for block in blocks:
        if block["type"] == "input":
            name = block["block_id"]
            pieces.append(_input(block, f"{own_id}-{name}", errors.get(name, ""), filled.get(name)))
        else:
            pieces.append(draw([block]))
    return Markup("\n").join(pieces)


def mrkdwn(text: str) -> Markup:
    """Return our own mrkdwn as HTML. Nothing in it but bold and mentions is markup."""
    safe = str(escape(html.unescape(text)))
    named = MENTION.sub(r"\1 (in Slack)", safe)
    return Markup(BOLD.sub(r"<strong>\1</strong>", named).replace("\n", "<br>"))  # noqa: S704 - escaped above


def _header(block: Block) -> Markup:
    return Markup('<p class="alarm">{}</p>').format(block["text"]["text"])


def _section(block: Block) -> Markup:
    text = block["text"]
    part = block.get("block_id", "").rpartition("-")[0]
    if part in PAPERS:
        return Markup('<div class="paper {}">{}</div>').format(part, _letter(text["text"]))
    if text["type"] == "plain_text":
        return Markup('<blockquote class="words">{}</blockquote>').format(text["text"])
    return Markup('<p class="section">{}</p>').format(mrkdwn(text["text"]))


def _letter(text: str) -> Markup:
    """The words of a letter, with its headings strong: its lines in capitals."""
    strong = Markup("<strong>{}</strong>")
    lines = text.split("\n")
    return Markup("\n").join(strong.format(line) if line.isupper() else line for line in lines)


def _context(block: Block) -> Markup:
    lines = Markup(" ").join(mrkdwn(element["text"]) for element in block["elements"])
    return Markup('<p class="context">{}</p>').format(lines)


DRAWINGS = {"header": _header, "section": _section, "context": _context}


def _input(block: Block, own_id: str, error: str, filled: object) -> Markup:
    error = error[:1].upper() + error[1:]
    wrong = Markup('<p class="wrong" id="{0}-wrong">{1}</p>').format(own_id, error) if error else ""
    element = block["element"]
    label = block["label"]["text"]
    if element["type"] == "checkboxes":
        boxes = _boxes(element, own_id, filled)
        return Markup("<fieldset><legend>{}</legend>{}{}</fieldset>").format(label, wrong, boxes)
    told = (
        Markup(' autofocus aria-invalid="true" aria-describedby="{}-wrong"').format(own_id)
        if error
        else ""
    )
    optional = Markup(' <span class="hint">(optional)</span>') if block["optional"] else ""
    required = "" if block["optional"] else Markup(" required")
    attributes = Markup('id="{}" name="{}"{}{}').format(own_id, block["block_id"], required, told)
    field = FIELDS[element["type"]](element, attributes, None if filled is None else str(filled))
    return Markup('<label for="{0}">{1}{2}</label>{3}{4}').format(
        own_id, label, optional, wrong, field
    )


def _words(element: Block, attributes: Markup, filled: str | None) -> Markup:
    value = element.get("initial_value", "") if filled is None else filled
    most = element["max_length"]
    if not element["multiline"]:
        line = Markup('<input type="text" {} maxlength="{}" value="{}">')
        return line.format(attributes, most, value)
    rows = min(6, max(2, value.count("\n") + len(value) // 60 + 1))
    area = Markup('<textarea {} maxlength="{}" rows="{}">{}</textarea>')
    return area.format(attributes, most, rows, value)


def _choice(element: Block, attributes: Markup, filled: str | None) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            option["value"],
            Markup(" selected") if option["value"] == filled else "",
            option["text"]["text"],
        )
        for option in element["options"]
    )
    return Markup('<select {}><option value=""></option>{}</select>').format(attributes, options)


def _day(element: Block, attributes: Markup, filled: str | None) -> Markup:
    value = element.get("initial_date", "") if filled is None else filled
    return Markup('<input type="date" {} value="{}">').format(attributes, value)


FIELDS = {"plain_text_input": _words, "static_select": _choice, "datepicker": _day}


def _boxes(element: Block, own_id: str, filled: object) -> Markup:
    initial = [option["value"] for option in element.get("initial_options", ())]
    chosen = filled if isinstance(filled, list) else initial
    box = Markup(
        '<label class="box"><input type="checkbox" name="{0}" value="{1}" id="{2}-{1}"{3}>'
        " {4}</label>"
    )
    return Markup("").join(
        box.format(
            element["action_id"],
            option["value"],
            own_id,
            Markup(" checked") if option["value"] in chosen else "",
            option["text"]["text"],
        )
        for option in element["options"]
    )
