from datetime import timedelta
from pathlib import Path

import pytest

from bot.landlords import Configured, configure
from bot.settings import SettingsError, load_landlords
from intake.domain.message import Channel
from intake.domain.sending import Limits
from intake.domain.working_days import Nation

OAK = """
[landlord.oak]
name = "Oak Homes"
recipients = ["Help@oak.example", "repairs@oak.example"]
sender = "help@oak.example"
undo_seconds = 5
receipt = true
"""
RELAY = """
[landlord.oak.relay]
host = "smtp.oak.example"
user = "help"
password = { env = "OAK_SECRET" }
"""
SLACK = """
[landlord.oak.slack]
mode = "socket"
team = "T1"
channel = "C1"
bot_token = { env = "OAK_SECRET" }
app_token = { file = "app-token" }
"""
SOURCE = """
[source.posts]
landlord = "oak"
secret = { env = "OAK_SECRET" }
body_only = true
fields = { text = "data.words" }
"""
WALES = """
[landlord.afon]
name = "Afon"
policy = "wales-psow"
recipients = ["help@afon.example"]
sender = "help@afon.example"
"""


@pytest.fixture(autouse=True)
def _a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OAK_SECRET", "hunter2")
    (tmp_path / "app-token").write_text("hunter3\n")


def read(text: str, folder: Path) -> Configured:
    path = folder / "heard.toml"
    path.write_text(text)
    return configure(load_landlords(path), folder=folder, slack_api="http://slack.example/")


def test_everything_that_is_set_is_found(tmp_path: Path):
    known = read(OAK + RELAY + SLACK + SOURCE + WALES, tmp_path)
    assert known.names == {"oak": "Oak Homes", "afon": "Afon"}
    assert known.recipients == {
        "help@oak.example": "oak",
        "repairs@oak.example": "oak",
        "help@afon.example": "afon",
    }
    oak = known.landlords["oak"]
    assert (oak.key, oak.sender, oak.receipt) == ("oak", "help@oak.example", True)
    assert (oak.undo, oak.policy.name) == (timedelta(seconds=5), "ombudsman-code")
    relay = known.relays["oak"]
    assert (relay.host, relay.port, relay.encryption) == ("smtp.oak.example", 587, "starttls")
    assert (relay.user, relay.password) == ("help", "hunter2")
    slack = known.slack["oak"]
    assert (slack.team, slack.channel, slack.mode) == ("T1", "C1", "socket")
    assert (slack.bot_token, slack.app_token, slack.api) == (
        "hunter2",
        "hunter3",
        "http://slack.example/",
    )
    source = known.sources["posts"]
    assert (source.landlord, source.secret, source.body_only) == ("oak", "hunter2", True)
    assert source.channel is Channel.SOCIAL
    assert source.fields == {"text": "data.words"}


def test_a_source_can_report_answers_to_a_survey(tmp_path: Path):
    known = read(OAK + SOURCE.replace("body_only", 'channel = "survey"\nbody_only'), tmp_path)
    assert known.sources["posts"].channel is Channel.SURVEY


def test_what_is_not_set_is_not_there(tmp_path: Path):
    known = read(OAK, tmp_path)
    assert (known.relays, known.slack, known.sources) == ({}, {}, {})


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        pytest.param(OAK, Nation.ENGLAND, id="the policy's"),
        pytest.param(OAK + "nation = 'scotland'", Nation.SCOTLAND, id="its own"),
        pytest.param(OAK + "policy = 'ni-nipso'", Nation.NORTHERN_IRELAND, id="another policy's"),
    ],
)
def test_a_landlord_keeps_the_bank_holidays_of_its_nation(
    text: str, nation: Nation, tmp_path: Path
):
    assert read(text, tmp_path).landlords["oak"].nation is nation


def test_a_relay_may_need_no_password(tmp_path: Path):
    known = read(OAK + "[landlord.oak.relay]\nhost = 'x'\nencryption = 'none'\nport = 25", tmp_path)
    relay = known.relays["oak"]
    assert (relay.user, relay.password, relay.port) == ("", "", 25)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            RELAY.replace("OAK_SECRET", "OAK_NOTHING"),
            "landlord.oak.relay.password: the environment variable OAK_NOTHING is missing or empty",
            id="a relay's password",
        ),
        pytest.param(
            RELAY.replace('user = "help"', ""),
            "landlord.oak.relay.user: user and password, or user and oauth, go together",
            id="a password without a user",
        ),
        pytest.param(
            "[landlord.oak.relay]\nhost = 'x'\nuser = 'help'",
            "landlord.oak.relay.user: user and password, or user and oauth, go together",
            id="a user without a password",
        ),
        pytest.param(
            SLACK.replace("app-token", "lost"),
            "landlord.oak.slack.app_token: the file lost is missing or empty",
            id="a Slack token",
        ),
        pytest.param(
            SLACK.replace("OAK_SECRET", "OAK_NOTHING"),
            "landlord.oak.slack.bot_token: the environment variable OAK_NOTHING is missing",
            id="another Slack token",
        ),
        pytest.param(
            SLACK.replace("app_token", "signing_secret"),
            "landlord.oak.slack: Slack over Socket Mode needs an app token",
            id="a token that Socket Mode needs",
        ),
        pytest.param(
            SLACK.replace("socket", "http"),
            "landlord.oak.slack: Slack over HTTP needs a signing secret",
            id="a secret that HTTP needs",
        ),
        pytest.param(
            SOURCE.replace("OAK_SECRET", "OAK_NOTHING"),
            "source.posts.secret: the environment variable OAK_NOTHING is missing or empty",
            id="a source's secret",
        ),
        pytest.param(
            SOURCE.replace('{ env = "OAK_SECRET" }', "{}"),
            "source.posts.secret: expected either env or file",
            id="a secret of nowhere",
        ),
    ],
)
def test_a_secret_that_is_missing_is_refused_by_its_name(text: str, fault: str, tmp_path: Path):
    with pytest.raises(SettingsError, match=fault):
        read(OAK + text, tmp_path)


def test_secrets_stay_out_of_logs(tmp_path: Path):
    known = read(OAK + RELAY + SLACK + SOURCE, tmp_path)
    assert "hunter" not in repr(known)


OAUTH = """
[landlord.oak.relay]
host = "smtp.oak.example"
user = "help"
sealed_sender = false

[landlord.oak.relay.oauth]
token_url = "https://login.example/token"
client_id = "heard"
"""
SECRET = 'client_secret = { env = "OAK_SECRET" }\n'


@pytest.mark.parametrize("how", [SECRET, 'refresh_token = { file = "app-token" }\n'])
def test_a_relay_is_shown_a_token_in_place_of_a_password(how: str, tmp_path: Path):
    relay = read(OAK + OAUTH + how, tmp_path).relays["oak"]
    assert relay.tokens is not None
    assert (relay.user, relay.password, relay.sealed_sender) == ("help", "", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(OAUTH, r"relay\.oauth\.client_secret", id="no secret"),
        pytest.param(OAUTH.replace('user = "help"\n', "") + SECRET, r"relay\.user", id="no user"),
        pytest.param(
            RELAY + OAUTH.partition("\n\n")[2] + SECRET, r"relay\.oauth: .*either", id="both"
        ),
        pytest.param(
            OAUTH.replace("https:", "http:") + SECRET, r"oauth\.token_url: .*https", id="in clear"
        ),
        pytest.param(
            RELAY + 'encryption = "none"\n', r"relay\.encryption", id="a password in clear"
        ),
        pytest.param(
            RELAY.partition("password")[0], r"relay\.user", id="a user without a password"
        ),
        pytest.param(
            OAUTH.replace('client_id = "heard"\n', "") + SECRET, r"oauth\.client_id", id="no id"
        ),
    ],
)
def test_a_relay_set_by_half_is_refused_by_the_name_of_the_setting(
    text: str, said: str, tmp_path: Path
):
    with pytest.raises(SettingsError, match=said):
        read(OAK + text, tmp_path)


def test_a_token_endpoint_on_this_machine_may_be_in_clear(tmp_path: Path):
    local = OAUTH.replace("https://login.example", "http://127.0.0.1:9000") + SECRET
    assert read(OAK + local, tmp_path).relays["oak"].tokens is not None


def test_limits_are_the_landlords_own(tmp_path: Path):
    known = read(OAK + "\n[landlord.oak.limits]\nper_address = 7\n" + WALES, tmp_path)
    assert known.limits["oak"] == Limits(per_address=7)
    assert known.limits["afon"] == Limits()
