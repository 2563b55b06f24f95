from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span as Piece

from classifier.labels import Audience, Redact
from classifier.personal.component import KEY, blank_pipeline, redact_with


@Language.component("test_boilers")
def _boilers(doc: Doc) -> Doc:
    """Hide what one landlord wants hidden: words that begin with "zz"."""
    own = [
        Piece(doc, word.i, word.i + 1, label="REF") for word in doc if word.text.startswith("zz")
    ]
    doc.spans[KEY] = [*doc.spans.get(KEY, ()), *own]
    return doc


@pytest.fixture(scope="module")
def pipeline(artefact: Path) -> Language:
    nlp = blank_pipeline(artefact, keep=["Oak Housing"])
    nlp.add_pipe("test_boilers")
    return nlp


def test_a_pipeline_marks_what_is_personal(pipeline: Language):
    doc = pipeline("I spoke to Dave Jones of Oak Housing")
    assert [(piece.text, piece.label_) for piece in doc.spans[KEY]] == [("Dave Jones", "NAME")]


def test_what_a_landlords_own_component_marks_is_hidden_as_well(pipeline: Language, redact: Redact):
    both = redact_with(pipeline, redact)
    shown = both("Dave Jones, ref 12345, has zz99 twice zz98", audience=Audience.PUBLIC).text
    assert shown == "[NAME 1], ref [REF 1], has [REF 2] twice [REF 3]"


def test_a_pipeline_without_an_artefact_finds_fixed_forms():
    doc = blank_pipeline(None, audience=Audience.STAFF)("ring 07700 900123")
    assert [piece.label_ for piece in doc.spans[KEY]] == ["PHONE"]
