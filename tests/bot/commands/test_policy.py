import json
from datetime import date
from pathlib import Path

import pytest

from bot.commands.policy import check_policies, list_policies, show_policy
from intake.domain.policy import PACKS, PolicyError, load_policy

TODAY = date(2026, 11, 22)


def test_each_pack_is_listed_on_a_line():
    assert [line.split()[0] for line in list_policies().splitlines()] == list(PACKS)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_is_shown_whole(name: str):
    shown = show_policy(name)
    policy = load_policy(name)
    assert policy.hash in shown
    assert policy.title in shown
    assert all(line in shown for line in policy.unverified)


def test_a_pack_shows_promise_and_code_side_by_side():
    lines = show_policy("housing-plus").splitlines()
    assert (
        "  stage_1_response: promise 10wd start not stated (Stage one); "
        "code 10wd from acknowledged (6.3)" in lines
    )
    assert "  hazard_emergency: code 24h from aware (SI 2025/1042, unverified)" in lines


def test_a_pack_shows_the_answer_to_an_enquiry_where_it_has_one():
    line = "mp_response to an enquiry: promise 10wd from mp_acknowledged (4.7.1)"
    assert line in show_policy("progress")
    assert "to an enquiry" not in show_policy("together")


def test_a_pack_is_shown_as_json():
    shown = json.loads(show_policy("together", as_json=True))
    assert shown["hash"] == load_policy("together").hash
    assert shown["promises"]["stage_2_response"]["length"] == "15wd"


def test_a_check_with_findings_ends_with_one():
    checked = check_policies(["together"], today=TODAY)
    assert checked.status == 1
    assert "high   6.12: the resident must say why stage 2 is wanted" in checked.text
    assert "the Code: the resident need not give reasons" in checked.text
    assert "Heard: takes a request without reasons" in checked.text


def test_a_check_without_findings_ends_with_nought():
    checked = check_policies(["ombudsman-code"], today=TODAY)
    assert (checked.text, checked.status) == ("ombudsman-code: no conflict", 0)


def test_a_check_answers_in_the_shape_of_the_contract():
    checked = check_policies(["older-persons"], today=TODAY, as_json=True)
    told = json.loads(checked.text)
    assert told["policy"] == "older-persons"
    assert told["findings"][0].keys() == {"provision", "severity", "says", "code", "heard_does"}
    assert told["findings"][0]["severity"] == "high"


def test_packs_of_one_landlord_are_compared():
    checked = check_policies(["progress", "progress-leaflet"], today=TODAY, as_json=True)
    told = [json.loads(line) for line in checked.text.splitlines()]
    assert [each["policy"] for each in told] == [
        "progress",
        "progress-leaflet",
        "progress, progress-leaflet",
    ]


def test_a_landlords_own_file_is_checked(tmp_path: Path):
    path = tmp_path / "oak.toml"
    path.write_text('extends = "ombudsman-code"\nname = "oak"\n[stage_2]\nreasons = "required"\n')
    checked = check_policies([str(path)], today=TODAY)
    assert checked.status == 1
    assert checked.text.startswith("oak: 1 findings\n  high   6.12")


def test_a_pack_that_is_none_is_refused():
    with pytest.raises(PolicyError, match="no such policy"):
        check_policies(["none"], today=TODAY)
