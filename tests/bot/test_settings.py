from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import (
    DEMONSTRATION,
    ScannerAddress,
    Secret,
    SettingsError,
    load_landlords,
    load_secret,
    load_settings,
)

OAK = """
[landlord.oak]
name = "Oak Homes"
recipients = ["help@oak.example"]
sender = "help@oak.example"
"""


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "heard.toml"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HEARD_CONFIG", "HEARD_DATABASE_URL", "HEARD_WEB_PORT"):
        monkeypatch.delenv(name, raising=False)


def test_without_settings_heard_listens_on_this_machine_only():
    settings = load_settings({})
    assert (settings.web_port, settings.desk_port, settings.smtp_port) == (8080, 8081, 8025)
    assert (settings.web_host, settings.smtp_host) == ("127.0.0.1", "127.0.0.1")
    assert settings.config is None
    assert settings.database_url is None


def test_settings_come_from_the_environment_that_is_given():
    given = {
        "HEARD_WEB_PORT": "0",
        "HEARD_CONFIG": "/etc/heard.toml",
        "HEARD_SMTP_CERTIFICATE": "c.pem",
        "HEARD_SMTP_KEY": "k.pem",
        "HOME": "/root",
        "HEARDLE": "x",
        "HEARD_TEST_POSTGRES_URL": "x",
        "HEARD_TEST_": "x",
    }
    settings = load_settings(given)
    assert settings.web_port == 0
    assert settings.config == Path("/etc/heard.toml")
    assert settings.smtp_key == Path("k.pem")


def test_settings_come_from_the_process_where_none_is_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEARD_WEB_PORT", "1234")
    assert load_settings().web_port == 1234


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        pytest.param("HEARD_WEB_PROT", "1", "there is no such setting", id="mistyped"),
        pytest.param("HEARD_", "1", "there is no such setting", id="the prefix alone"),
        pytest.param("HEARD_TESTING", "1", "there is no such setting", id="almost a test's"),
        pytest.param("HEARD_WEB_PORT", "", "valid integer", id="an empty port"),
        pytest.param("HEARD_WEB_PORT", "http", "valid integer", id="a port in words"),
        pytest.param("HEARD_DESK_PORT", "65536", "less than or equal to 65535", id="too high"),
        pytest.param("HEARD_SMTP_PORT", "-1", "greater than or equal to 0", id="too low"),
        pytest.param("HEARD_SMTP_KEY", "k.pem", "HEARD_SMTP_CERTIFICATE beside", id="a key alone"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name: str, value: str, why: str):
    with pytest.raises(SettingsError, match=f"^{name}: .*{why}"):
        load_settings({name: value})


def test_all_wrong_settings_are_named_at_once():
    with pytest.raises(SettingsError, match=r"HEARD_WEB_PORT: .*; HEARD_X: "):
        load_settings({"HEARD_WEB_PORT": "x", "HEARD_X": "y"})


def test_a_refusal_does_not_show_what_was_set():
    with pytest.raises(SettingsError) as refused:
        load_settings({"HEARD_PASSWORD": "hunter2", "HEARD_WEB_PORT": "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_the_address_of_the_database_stays_out_of_logs():
    settings = load_settings({"HEARD_DATABASE_URL": "postgresql://u:hunter2@h/db"})
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in str(settings)


def test_a_landlord_is_read_with_what_it_leaves_out(toml: Path):
    toml.write_text(OAK)
    part = load_landlords(toml).landlord["oak"]
    assert (part.name, part.policy, part.nation) == ("Oak Homes", "ombudsman-code", None)
    assert (part.undo, part.receipt) == (timedelta(seconds=60), False)
    assert (part.relay, part.slack) == (None, None)


def test_the_demonstration_can_be_used_as_it_is(toml: Path):
    toml.write_text(DEMONSTRATION)
    assert list(load_landlords(toml).landlord) == ["oak"]


def test_every_part_of_the_demonstration_that_is_out_can_be_put_in(toml: Path):
    prose = (
        "A landlord to try",
        "A secret is never",
        "such as",
        "The mail server",
        "and reach",
        "Microsoft 365",
        "Triage in",
        "A tool that",
    )
    lines = [
        line.removeprefix("# ")
        for line in DEMONSTRATION.splitlines()
        if not line.removeprefix("# ").startswith(prose)
    ]
    toml.write_text("\n".join(lines))
    landlords = load_landlords(toml)
    oak = landlords.landlord["oak"]
    assert oak.relay is not None
    assert oak.slack is not None
    assert list(landlords.source) == ["oak-social"]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        pytest.param("undo = 3", "landlord.oak.undo: there is no such setting", id="mistyped"),
        pytest.param(
            "[landlord.oak.relay]\nhost = 'x'\nprot = 1",
            "landlord.oak.relay.prot: there is no such setting",
            id="mistyped within",
        ),
        pytest.param("[landlords.elm]", "landlords: there is no such setting", id="a part"),
        pytest.param(
            "policy = 'ombudsman-cod'",
            "landlord.oak.policy: ombudsman-cod: no such policy: expected one of ombudsman-code, ",
            id="a mistyped policy",
        ),
        pytest.param("policy = 'x.toml'", "landlord.oak.policy: x.toml: cannot be read", id="lost"),
        pytest.param(
            "nation = 'britain'", "landlord.oak.nation: .*'england', 'wales'", id="nation"
        ),
        pytest.param("undo_seconds = -1", "landlord.oak.undo_seconds: ", id="less than nothing"),
        pytest.param("undo_seconds = 3601", "landlord.oak.undo_seconds: ", id="too long"),
        pytest.param(
            "[landlord.oak.relay]\nhost = 'x'\nport = 70000", "landlord.oak.relay.port: ", id="port"
        ),
        pytest.param(
            "[landlord.oak.relay]\nhost = ''", "landlord.oak.relay.host: ", id="an empty name"
        ),
        pytest.param(
            "[landlord.oak.relay]\nhost = 'x'\nencryption = 'ssl'",
            "landlord.oak.relay.encryption: .*'starttls', 'tls' or 'none'",
            id="encryption",
        ),
        pytest.param(
            "[landlord.oak.relay]\nhost = 'x'\npassword = 'hunter2'",
            "landlord.oak.relay.password: ",
            id="a secret written out",
        ),
        pytest.param(
            "[landlord.'Oak Homes']\nname = 'x'", "landlord.Oak Homes: ", id="a name as a key"
        ),
        pytest.param(
            "[landlord.elm]\nrecipients = ['x@elm.example']\nsender = 'x@elm.example'",
            "landlord.elm.name: Field required",
            id="something missing",
        ),
        pytest.param(
            "[landlord.elm]\nname = 'Elm'\nrecipients = []\nsender = 'x@elm.example'",
            "landlord.elm.recipients: ",
            id="no recipient",
        ),
        pytest.param(
            "[landlord.elm]\nname = 'Elm'\nrecipients = ['x']\nsender = 'jö@elm.example'",
            "landlord.elm.recipients.0: 'x' is no mail address; .*landlord.elm.sender: ",
            id="no addresses",
        ),
        pytest.param(
            "[landlord.elm]\nname = 'Elm'\nsender = 'x@elm.uk'\nrecipients = ['HELP@oak.example']",
            "landlord.elm.recipients: HELP@oak.example is oak's already",
            id="an address of two landlords",
        ),
        pytest.param(
            "[source.posts]\nlandlord = 'elm'\nsecret = {env = 'X'}",
            "source.posts.landlord: no landlord elm",
            id="a source of nobody's",
        ),
        pytest.param(
            "[source.posts]\nlandlord = 'oak'\nsecret = {env = 'X'}\nfields = {txt = 'a.b'}",
            "source.posts.fields.txt: expected one of id, text, ",
            id="a mistyped part of a post",
        ),
        pytest.param("name = 'twice'", ".*Cannot overwrite", id="a key twice"),
        pytest.param("= nonsense", ".*at line", id="no TOML"),
        pytest.param("x = '\udcff'", ".*can't decode", id="no text"),
    ],
)
def test_a_wrong_key_is_refused_with_its_file_and_its_place(more: str, fault: str, toml: Path):
    toml.write_bytes((OAK + more).encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=f"heard.toml: {fault}") as refused:
        load_landlords(toml)
    assert str(toml) in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_landlord_may_list_an_address_twice(toml: Path):
    toml.write_text(OAK.replace('["help@', '["HELP@oak.example", "help@'))
    assert len(load_landlords(toml).landlord["oak"].recipients) == 2


@pytest.mark.parametrize(
    ("text", "why"), [("", "landlord: Field required"), ("[landlord]", "landlord: ")]
)
def test_a_file_without_a_landlord_is_refused(text: str, why: str, toml: Path):
    toml.write_text(text)
    with pytest.raises(SettingsError, match=why):
        load_landlords(toml)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"nowhere.toml: cannot be read: No such file"):
        load_landlords(tmp_path / "nowhere.toml")


def test_a_folder_in_its_place_is_named(tmp_path: Path):
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load_landlords(tmp_path)


def test_a_secret_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OAK_PASSWORD", " hunter2\n")
    assert load_secret(Secret(env="OAK_PASSWORD"), named="x", folder=tmp_path) == "hunter2"


def test_a_secret_comes_from_a_file_beside_the_settings(tmp_path: Path):
    (tmp_path / "password").write_text("hunter2\n")
    assert load_secret(Secret(file="password"), named="x", folder=tmp_path) == "hunter2"
    elsewhere = Secret(file=str(tmp_path / "password"))
    assert load_secret(elsewhere, named="x", folder=Path("/")) == "hunter2"


def test_a_secret_that_is_not_asked_for_is_none(tmp_path: Path):
    assert load_secret(None, named="x", folder=tmp_path) == ""


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        pytest.param(Secret(), "x: expected either env or file", id="neither"),
        pytest.param(Secret(env="A", file="b"), "x: expected either env or file", id="both"),
        pytest.param(
            Secret(env="OAK_NOTHING"),
            "x: the environment variable OAK_NOTHING is missing or empty",
            id="not set",
        ),
        pytest.param(
            Secret(env="OAK_EMPTY"),
            "x: the environment variable OAK_EMPTY is missing or empty",
            id="set to blanks",
        ),
        pytest.param(
            Secret(file="nowhere"), "x: the file nowhere is missing or empty", id="no file"
        ),
        pytest.param(
            Secret(file="empty"), "x: the file empty is missing or empty", id="a file of blanks"
        ),
        pytest.param(
            Secret(file="bytes"), "x: the file bytes is missing or empty", id="a file of bytes"
        ),
        pytest.param(
            Secret(file="a\0b"), "x: the file a\0b is missing or empty", id="no name of a file"
        ),
        pytest.param(Secret(file="."), "x: the file . is missing or empty", id="a folder"),
    ],
)
def test_a_secret_that_is_not_there_is_refused_by_its_name(
    secret: Secret, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OAK_EMPTY", "  ")
    (tmp_path / "empty").write_text("\n \n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError) as refused:
        load_secret(secret, named="x", folder=tmp_path)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("tcp:127.0.0.1:3310", ScannerAddress(host="127.0.0.1", port=3310)),
        ("tcp:clamd:3310", ScannerAddress(host="clamd", port=3310)),
        ("unix:/run/clamd.sock", ScannerAddress(path="/run/clamd.sock")),
    ],
)
def test_a_scanner_is_found_where_it_is_said_to_be(said: str, at: ScannerAddress):
    assert load_settings({"HEARD_CLAMD": said}).clamd == at


@pytest.mark.parametrize(
    "said", ["", "clamd", "tcp:host", "unix:run", "tcp:h:99999999", "http://x"]
)
def test_a_scanner_that_is_nowhere_is_refused(said: str):
    with pytest.raises(SettingsError, match="HEARD_CLAMD"):
        load_settings({"HEARD_CLAMD": said})
