import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from classifier.check import (
    Finding,
    check,
    count,
    find_near_duplicates,
    find_real_people,
    find_repeats,
    find_shared_situations,
    find_templates,
)
from classifier.dataset import Example
from classifier.labels import Label

TAP = Example(
    id="a-1",
    situation="tap",
    channel="chat",
    text="My kitchen tap has dripped since Sunday and the washer is gone",
    labels=(Label.SERVICE_REQUEST,),
)
FENCE = replace(TAP, id="b-1", situation="fence", text="Who owns our fence?", labels=(Label.OTHER,))


def said(findings: list[Finding]) -> str:
    return "; ".join(finding.says for finding in findings)


def test_an_id_and_words_used_twice_are_found():
    findings = list(find_repeats([TAP, FENCE, TAP]))
    assert said(findings) == "a-1: id used 2 times; a-1 and a-1: the same words"
    assert all(finding.serious for finding in findings)


def test_the_same_words_with_other_labels_are_found():
    other = replace(TAP, id="a-2", text=TAP.text.upper(), labels=(Label.COMPLAINT,))
    shouted = replace(other, text=TAP.text)
    assert "with other labels" in said(list(find_repeats([TAP, shouted])))


def test_two_people_may_say_the_same_few_words():
    few = [replace(FENCE, id="a"), replace(FENCE, id="b")]
    assert [finding.serious for finding in find_repeats(few)] == [False]
    assert not any(finding.serious for finding in find_near_duplicates(few[:1], few[1:]))


def test_a_situation_in_both_splits_is_found():
    assert said(list(find_shared_situations([TAP, FENCE], [replace(TAP, id="c")]))) == (
        "situation tap is in both splits"
    )


def test_near_duplicates_are_worse_across_the_splits():
    near = replace(TAP, id="c", text=TAP.text + " now", labels=(Label.COMPLAINT,))
    within = list(find_near_duplicates([TAP, near], [FENCE]))
    assert [finding.serious for finding in within] == [False, False]
    assert "with other labels" in within[0].says
    across = list(find_near_duplicates([TAP, FENCE], [near]))
    assert across[0].serious
    assert "across the splits" in across[0].says
    assert list(find_near_duplicates([], [])) == []


def test_a_frame_in_many_situations_smells_of_a_template():
    filled = [
        replace(TAP, id=f"t-{n}", situation=f"s-{n}", text=f"I am writing about the broken {n}{n}")
        for n in range(12)
    ]
    findings = list(find_templates(filled))
    assert findings[0] == Finding(
        serious=True, says="12 situations say 'i am writing about the broken'"
    )
    assert list(find_templates([TAP, FENCE])) == []


def test_too_many_alike_openings_are_noted():
    alike = [replace(TAP, id=f"t-{n}", text=f"Just to say {n}") for n in range(13)]
    assert said(list(find_templates(alike))) == "13 messages begin 'just to say'"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("ring 07911 123456", "a telephone number", id="a phone"),
        pytest.param("ring +44 7911 123456", "a telephone number", id="a phone from abroad"),
        pytest.param("ring 07700 900123 or 0113 496 0123", "", id="drama phones"),
        pytest.param("rent 10234567 paid", "", id="a reference"),
        pytest.param("mail jo@somewhere.co.uk", "a domain", id="a domain"),
        pytest.param("mail jo@oak.example, see https://www.example.org/a", "", id="examples"),
        pytest.param("at SW1A 1AA", "a postcode", id="a postcode"),
        pytest.param("at ZZ1 1ZZ and XX9 9XX", "", id="invented postcodes"),
        pytest.param("NI AB 12 34 56 C", "an NI number", id="an NI number"),
    ],
)
def test_personal_data_that_may_be_real_is_found(text: str, kind: str):
    findings = list(find_real_people([replace(TAP, text=text)]))
    assert said(findings) == (f"a-1: {kind} that may be real" if kind else "")


def test_a_folder_is_checked_with_its_bad_lines(tmp_path: Path):
    for split, lines in {
        "messages": [json.dumps(asdict(TAP)), "", "{", "[]", json.dumps({"id": "x"})],
        "heldout": [json.dumps(asdict(FENCE))],
    }.items():
        (tmp_path / split).mkdir()
        (tmp_path / split / "a.jsonl").write_text("\n".join(lines))
    findings = list(check(tmp_path))
    assert [finding.says.split(":")[0] for finding in findings] == [
        "messages/a.jsonl, line 3",
        "messages/a.jsonl, line 4",
        "messages/a.jsonl, line 5",
        "largest cosine between the splits",
    ]


def test_messages_are_counted():
    both = replace(TAP, id="d", labels=(Label.SERVICE_REQUEST, Label.COMPLAINT), hard=True)
    lines = list(count([TAP, FENCE, both]))
    assert lines[0] == "messages 3, situations 2"
    assert "complaint with service_request 1" in lines
    assert "service_request 2" in lines
    assert "hard 1, sarcastic 0" in lines
    assert list(count([]))[-1] == "words: median 0, longest 0"
