"""Redaction as components of a spaCy pipeline, for a landlord who wants to add one of his own.

The redactor itself does without spaCy: hosting it there would cost half of its speed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span as Piece
from spacy.util import filter_spans

from classifier.labels import Audience, Redact, Redaction, Span
from classifier.personal.redact import load_redact

KEY = "personal"
FACTORY = "heard_personal"


@Language.factory(FACTORY, default_config={"artefact": None, "audience": "public", "keep": []})
def make_component(
    nlp: Language, name: str, *, artefact: str | None, audience: str, keep: list[str]
) -> Callable[[Doc], Doc]:
    """Return a component that sets `doc.spans["personal"]`, each labelled with its kind."""
    del nlp, name  # spaCy hands them to every factory
    redact = load_redact(Path(artefact) if artefact else None, {"": keep})

    def find(doc: Doc) -> Doc:
        found = redact(doc.text, audience=Audience(audience))
        pieces = [piece for span in found.spans for piece in _pieces(doc, span)]
        doc.spans[KEY] = [*doc.spans.get(KEY, ()), *pieces]
        return doc

    return find


def blank_pipeline(
    artefact: Path | None, *, audience: Audience = Audience.PUBLIC, keep: list[str] | None = None
) -> Language:
    """Return a blank English pipeline with our component; add more that set the same spans."""
    nlp = spacy.blank("en")
    config = {"artefact": str(artefact) if artefact else None, "audience": audience.value}
    nlp.add_pipe(FACTORY, config=config | {"keep": keep or []})
    return nlp


def redact_with(nlp: Language, redact: Redact) -> Redact:
    """Return a redactor that hides what `redact` finds and what a pipeline's components add."""

    def both(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
        own = redact(text, audience=audience, author=author, landlord=landlord)
        doc = nlp(text)
        more = [
            piece
            for piece in filter_spans(list(doc.spans.get(KEY, ())))
            if not any(_overlap(piece, span) for span in own.spans)
        ]
        added = [
            Span(
                start=piece.start_char,
                end=piece.end_char,
                kind=piece.label_,
                placeholder=f"[{piece.label_} {_highest(own, piece.label_) + number}]",
            )
            for number, piece in enumerate(more, start=1)
        ]
        spans = sorted((*own.spans, *added), key=lambda span: span.start)
        return Redaction(original=text, spans=tuple(spans), health=own.health)

    return both


def _pieces(doc: Doc, span: Span) -> Iterator[Piece]:
    piece = doc.char_span(span.start, span.end, label=span.kind, alignment_mode="expand")
    yield from (piece,) if piece is not None else ()


def _overlap(piece: Piece, span: Span) -> bool:
    return piece.start_char < span.end and span.start < piece.end_char


def _highest(redaction: Redaction, kind: str) -> int:
    numbers = [
        int(span.placeholder[:-1].split()[1]) for span in redaction.spans if span.kind == kind
    ]
    return max(numbers, default=0)
