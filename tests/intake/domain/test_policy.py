from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from intake.domain.clocks import ClockName, Nation
from intake.domain.policy import PACKS, PolicyError, load_policy, parse_policy

OAK = 'extends = "ombudsman-code"\nname = "oak"\n'


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_we_ship_can_be_used(name: str):
    assert load_policy(name).name == name


def test_every_file_of_ours_that_extends_something_is_a_pack():
    files = Path("intake/policies").glob("*.toml")
    packs = [path for path in files if "\nextends = " in path.read_text()]
    assert {path.stem for path in packs} == set(PACKS)


def test_packs_differ_in_their_hash_and_each_keeps_its_own():
    hashes = [load_policy(name).hash for name in PACKS]
    assert len(set(hashes)) == len(PACKS)
    assert parse_policy(OAK, source="oak.toml").hash == parse_policy(OAK, source="oak.toml").hash


def test_a_hash_changes_with_what_a_pack_extends():
    plain = parse_policy(OAK, source="oak.toml")
    other = parse_policy(OAK.replace("ombudsman-code", "together"), source="oak.toml")
    assert plain.hash != other.hash


@pytest.mark.parametrize("name", ["scotland-spso", "wales-psow", "ni-nipso"])
def test_a_draft_says_which_rules_are_unverified(name: str):
    policy = load_policy(name)
    periods = {f"code.{clock}": period for clock, period in policy.code.items()}
    shared = {"code.dp_complaint_acknowledgement"}
    unverified = {key for key, period in periods.items() if period.evidence in {"C", "K"}} - shared
    said = {line.split(":")[0] for line in policy.unverified}
    assert policy.draft
    assert unverified <= said


def test_a_landlords_own_pack_extends_one_of_ours():
    policy = parse_policy(
        'extends = "progress"\nname = "oak"\n[promises.mp_response]\nlength = "5wd"\n',
        source="oak.toml",
    )
    assert policy.promises[ClockName.MP_RESPONSE].length.words == "5 working days"
    assert policy.promises[ClockName.MP_RESPONSE].rule == "4.3.17"
    assert policy.code == load_policy("ombudsman-code").code


def test_a_landlords_own_pack_is_read_from_its_file(tmp_path: Path):
    path = tmp_path / "oak.toml"
    path.write_text(OAK)
    assert load_policy(path) == load_policy(str(path)) == parse_policy(OAK, source="oak.toml")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("name = 1 2", r"^oak\.toml: Expected newline", id="no TOML"),
        pytest.param(
            f"{OAK}colour = 1\n", r"^oak\.toml: colour: Extra inputs", id="an unknown key"
        ),
        pytest.param(
            f"{OAK}[stage_2]\nreason = 1\n",
            r"^oak\.toml: stage_2\.reason: Extra inputs",
            id="an unknown key in a table",
        ),
        pytest.param(
            f'{OAK}[promises.mp_response]\nrule = "ours"\n',
            r"^oak\.toml: promises\.mp_response\.length: Field required",
            id="a missing period",
        ),
        pytest.param(
            f'{OAK}[promises.mp_response]\nrule = "ours"\nlength = "5 days"\n',
            r"^oak\.toml: promises\.mp_response\.length: .*'5 days' is not a length: expected",
            id="a length that is none",
        ),
        pytest.param(
            f'{OAK}[promises.mp_answer]\nrule = "ours"\nlength = "5wd"\n',
            r"^oak\.toml: promises\.mp_answer: Input should be 'stage_1_ack",
            id="a clock that is none",
        ),
        pytest.param(
            f'{OAK}closures = ["2026-02-30"]\n',
            r"^oak\.toml: closures\.0: .*date",
            id="a date that cannot be",
        ),
        pytest.param(
            f"{OAK}closures = [2026-02-30]\n", r"^oak\.toml: Invalid date", id="a date of no month"
        ),
        pytest.param('extends = "ombudsman-code"\n', r"^oak\.toml: name: missing", id="no name"),
        pytest.param(
            'name = "oak"\n',
            r"^oak\.toml: extends: None is no pack: expected one of",
            id="extends nothing",
        ),
        pytest.param(
            'extends = "uk-law"\nname = "oak"\n',
            r"^oak\.toml: extends: 'uk-law' is no pack: expected one of ombudsman-code",
            id="extends the law alone",
        ),
        pytest.param(
            f'{OAK}[code.stage_1_response]\nlength = "30wd"\n',
            r"^oak\.toml: code: only a regulator's pack sets this: expected promises",
            id="changes the Code",
        ),
    ],
)
def test_an_error_names_the_file_the_key_and_what_was_expected(text: str, fault: str):
    with pytest.raises(PolicyError, match=fault):
        parse_policy(text, source="oak.toml")


def test_every_fault_is_told_on_one_line():
    with pytest.raises(PolicyError, match=r"^oak.toml: colour: .*; oak.toml: size: .*$"):
        parse_policy(f"{OAK}colour = 1\nsize = 2\n", source="oak.toml")


@pytest.mark.parametrize("name", ["nothing", "uk-law", ""])
def test_a_policy_that_is_none_is_refused(name: str):
    with pytest.raises(PolicyError, match="no such policy: expected one of ombudsman-code"):
        load_policy(name)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path):
    with pytest.raises(PolicyError, match=r"oak\.toml: cannot be read: FileNotFoundError"):
        load_policy(tmp_path / "oak.toml")
    (tmp_path / "elm.toml").write_bytes(b"\xff")
    with pytest.raises(PolicyError, match=r"elm\.toml: cannot be read: UnicodeDecodeError"):
        load_policy(tmp_path / "elm.toml")


def test_a_contact_holds_between_its_days():
    policy = load_policy("ombudsman-code")
    before = policy.find_contact("housing-ombudsman", date(2026, 1, 12))
    after = policy.find_contact("housing-ombudsman", date(2026, 1, 13))
    assert before
    assert after
    assert (before.email, after.email) == ("info@housing-ombudsman.org.uk", "")
    assert policy.find_contact("nobody", date(2026, 1, 13)) is None


def test_every_nation_has_a_body_to_go_to():
    contacts = load_policy("ombudsman-code").contacts
    assert {nation for contact in contacts for nation in contact.nations} == set(Nation)


def test_bands_of_compensation_have_their_authorisers():
    bands = load_policy("progress").compensation.bands
    assert [(band.above, band.up_to, band.authorisers) for band in bands] == [
        (Decimal(0), Decimal(100), ("Service Manager",)),
        (Decimal(100), Decimal(500), ("Head of Department",)),
        (Decimal(500), None, ("Relevant Director", "Director Legal Services", "Chief Executive")),
    ]


@pytest.mark.parametrize("name", ["progress", "progress-leaflet", "housing-plus", "together"])
def test_a_landlords_silence_is_no_promise(name: str):
    assert not load_policy(name).governance.member_responsible
