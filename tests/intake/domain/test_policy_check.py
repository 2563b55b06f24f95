"""Every conflict of severity H and M between the five documents and the Code, and each other."""

from datetime import date

import pytest

from intake.domain.finding import Finding, Severity
from intake.domain.policy import PACKS, load_policy, parse_policy
from intake.domain.policy_check import check_policy, compare_policies

TODAY = date(2026, 11, 22)
OAK = 'extends = "ombudsman-code"\nname = "oak"\n'


def check(text: str) -> list[Finding]:
    return check_policy(parse_policy(text, source="oak.toml"), on=TODAY)


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.severity.value, finding.provision) for finding in findings]


#: Conflicts 1 to 28, by document: severity, provisions, and a word of what the document says.
CONFLICTS = [
    pytest.param("progress", "high", "2.2-2.3", "6 months", id="1 six months"),
    pytest.param("housing-plus", "high", "2.2-2.3", "6 months", id="1 six months again"),
    pytest.param("together", "high", "5.2, 5.3, 5.12", "Getting it sorted", id="2 a third step"),
    pytest.param("progress", "high", "5.2, 1.3", "first contact", id="3 first contact"),
    pytest.param("older-persons", "high", "1.2, 1.3, 5.2", "turn up", id="4 informal first"),
    pytest.param("older-persons", "high", "6.10, 5.11", "all it can", id="5 stage 2 gate"),
    pytest.param("together", "high", "6.12", "must say why", id="6 reasons required"),
    pytest.param("older-persons", "medium", "6.12", "asked to say why", id="6 reasons helpful"),
    pytest.param("together", "high", "6.2, 6.11", "acknowledgement", id="7 no acknowledgement"),
    pytest.param("progress-leaflet", "high", "6.3, 6.14", "start event", id="8 no start, leaflet"),
    pytest.param("housing-plus", "high", "6.3, 6.14", "start event", id="8 no start, plus"),
    pytest.param("together", "high", "6.3, 6.14", "start event", id="8 no start, together"),
    pytest.param("older-persons", "high", "6.14", "stage 2 response", id="8 no start at stage 2"),
    pytest.param("progress-leaflet", "high", "6.4-6.5, 6.15-6.16", "no limit", id="9 leaflet"),
    pytest.param("progress", "high", "6.4-6.5, 6.15-6.16", "to agree to it", id="9 agreement"),
    pytest.param("housing-plus", "high", "6.4-6.5, 6.15-6.16", "no limit", id="9 plus"),
    pytest.param("together", "high", "6.4-6.5, 6.15-6.16", "no limit", id="9 together"),
    pytest.param("housing-plus", "high", "3.7", "wait of 8 weeks", id="10 eight weeks"),
    pytest.param("together", "high", "3.7", "only through an MP", id="10 the filter"),
    pytest.param("housing-plus", "high", "3.7", "at any stage, but", id="11 at any stage but"),
    pytest.param("together", "high", "3.7", "or go direct", id="12 only or direct"),
    pytest.param("progress-leaflet", "medium", "3.7", "designated person", id="13 designated"),
    pytest.param("progress-leaflet", "high", "1.2, 1.3", "investigated", id="15 narrower"),
    pytest.param("housing-plus", "high", "1.2, 1.3", "no action taken", id="16 inaction"),
    pytest.param("together", "high", "1.2, 1.3", "response or action", id="16 wants action"),
    pytest.param("progress", "high", "2.5", "anti-social behaviour", id="17 blanket, progress"),
    pytest.param("housing-plus", "high", "2.5", "neighbour nuisance", id="17 blanket, plus"),
    pytest.param("together", "high", "2.5", "anti-social behaviour", id="17 blanket, together"),
    pytest.param("progress", "high", "6.2", "anonymous feedback", id="18 identity first"),
    pytest.param("together", "medium", "3.2", "outside office hours", id="19 unseen posts"),
    pytest.param("progress", "medium", "1.3", "new dissatisfaction", id="21 MP letters"),
    pytest.param("progress", "medium", "7.2, 7.4", "28 days", id="22 claim window"),
    pytest.param("progress", "medium", "7.4", "arrears", id="23 set-off"),
    pytest.param("progress", "medium", "7.1-7.4", "flowers", id="24 goodwill"),
    pytest.param("older-persons", "medium", "3.6", "copy to the rep", id="25 copies"),
    pytest.param("older-persons", "medium", "6.5, 6.16", "Ombudsman", id="26 no details"),
    pytest.param("progress-leaflet", "medium", "9.5, 8.1, 1.4", "report", id="27 leaflet"),
    pytest.param("progress", "medium", "9.5, 8.1, 1.4", "member", id="27 progress"),
    pytest.param("housing-plus", "medium", "9.5, 8.1, 1.4", "member", id="27 plus"),
    pytest.param("together", "medium", "9.5, 8.1, 1.4", "member", id="27 together"),
    pytest.param("progress-leaflet", "medium", "3.7", "Liverpool", id="28 old address, leaflet"),
    pytest.param("progress-leaflet", "medium", "3.7", "www.housingombudsman", id="28 old site"),
    pytest.param("progress", "medium", "3.7", "Liverpool", id="28 old address, progress"),
    pytest.param("together", "medium", "3.7", "London", id="28 old address, together"),
    pytest.param("housing-plus", "medium", "3.7", "e-mail", id="28 e-mail, plus"),
]


@pytest.mark.parametrize(("name", "severity", "provision", "words"), CONFLICTS)
def test_a_conflict_is_found(name: str, severity: str, provision: str, words: str):
    found = [
        finding
        for finding in check_policy(load_policy(name), on=TODAY)
        if (finding.severity.value, finding.provision) == (severity, provision)
        and words in finding.says
    ]
    assert len(found) == 1
    assert found[0].code
    assert found[0].heard_does


@pytest.mark.parametrize(
    ("name", "provision", "words"),
    [
        pytest.param("progress", "3.4", "2025-10-01", id="30 review overdue"),
        pytest.param("progress", "4.1", "Head of Housing", id="29 several owners"),
        pytest.param("progress-leaflet", "6.13", "or manager", id="31 two reviewers"),
        pytest.param("older-persons", "5.2", "formal", id="34 the word formal"),
    ],
)
def test_something_stale_is_found(name: str, provision: str, words: str):
    found = check_policy(load_policy(name), on=TODAY)
    assert any(
        finding.severity is Severity.LOW
        and finding.provision == provision
        and words in finding.says
        for finding in found
    )


@pytest.mark.parametrize("name", ["ombudsman-code", "scotland-spso", "wales-psow", "ni-nipso"])
def test_a_regulators_pack_has_no_conflict_with_itself(name: str):
    assert check_policy(load_policy(name), on=TODAY) == []


def test_no_document_conflicts_in_more_than_the_table_says():
    known = {(param.values[0], param.values[1], param.values[2]) for param in CONFLICTS}
    #: Not in the table: a leaflet alone that names no social media; a designated person beside 10.
    known |= {("progress-leaflet", "medium", "3.2"), ("housing-plus", "medium", "3.7")}
    found = {
        (name, finding.severity.value, finding.provision)
        for name in PACKS
        for finding in check_policy(load_policy(name), on=TODAY)
        if finding.severity is not Severity.LOW
    }
    assert found == known


def test_the_gravest_come_first():
    severities = [finding.severity for finding in check_policy(load_policy("progress"), on=TODAY)]
    assert severities == sorted(severities, key=list(Severity).index)


def test_policies_of_one_landlord_are_compared():
    found = compare_policies([load_policy(name) for name in PACKS])
    assert list(found) == ["progress-leaflet, progress"]
    assert told(found["progress-leaflet, progress"]) == [
        ("high", "1.2"),
        ("medium", "6.11"),
        ("medium", "3.2"),
    ]


def test_the_order_of_two_policies_changes_nothing_but_their_order():
    leaflet, policy = load_policy("progress-leaflet"), load_policy("progress")
    found = compare_policies([policy, leaflet])["progress, progress-leaflet"]
    assert "narrower in progress-leaflet than in progress" in found[0].says
    assert "progress-leaflet leaves out social media" in found[2].says


def test_two_policies_may_differ_where_the_code_has_no_period():
    document = '[document]\nlandlord = "oak"\ntitle = "x"\n'
    promise = '[promises.mp_response]\nlength = "{}"\nfrom = "mp_received"\nrule = "ours"\n'
    one = parse_policy(OAK + document + promise.format("5wd"), source="oak.toml")
    other = parse_policy(OAK + document + promise.format("9wd"), source="elm.toml")
    (found,) = compare_policies([one, other])["oak, oak"]
    assert (found.provision, found.code) == ("", "sets no period")


def test_a_pack_that_adopts_the_code_has_no_conflict():
    assert check(OAK) == []


@pytest.mark.parametrize(
    ("text", "severity", "provision"),
    [
        pytest.param(
            '[promises.stage_1_response]\nlength = "15wd"\nfrom = "acknowledged"\nrule = "ours"\n',
            "high",
            "6.3",
            id="a response that takes too long",
        ),
        pytest.param(
            '[promises.stage_2_response]\nlength = "5w"\nfrom = "stage2_requested"\nrule = "x"\n',
            "high",
            "6.14",
            id="weeks that are longer than the working days",
        ),
        pytest.param(
            '[promises.stage_1_response]\nlength = "5wd"\nfrom = "responded"\nrule = "x"\n',
            "high",
            "6.3",
            id="a start that is no start",
        ),
        pytest.param("[stage_1]\nextension_capped = false\n", "high", "6.4-6.5", id="no cap"),
        pytest.param(
            '[stage_2]\nextension_tells_ombudsman = "never"\n', "medium", "6.16", id="untold"
        ),
        pytest.param("[stage_2]\nindependent = false\n", "high", "6.13", id="same person"),
        pytest.param("[representatives]\naccepted = false\n", "high", "3.6", id="nobody else"),
        pytest.param("[channels]\nanybody_on_staff = false\n", "medium", "3.2", id="not my job"),
        pytest.param("[refusal]\nombudsman = false\n", "high", "2.4", id="a bare refusal"),
        pytest.param("[governance]\nannual_report = false\n", "medium", "8.1", id="no report"),
        pytest.param(
            "[compensation]\ngoodwill_only = true\n", "medium", "7.1-7.4", id="goodwill only"
        ),
        pytest.param(
            '[definitions]\ncomplaint = "You say that you complain."\n', "high", "1.2", id="words"
        ),
        pytest.param(
            "[identity]\nchecked_before_recording = true\nanonymous_recorded = false\n",
            "high",
            "6.2",
            id="no name, no complaint",
        ),
        pytest.param(
            "[service_requests]\nput_right_first = true\n", "high", "1.2, 1.3, 5.2", id="first us"
        ),
        pytest.param('[[extra_stages]]\nname = "chat"\n', "high", "5.2, 5.3, 5.12", id="a chat"),
        pytest.param(
            '[promises.compensation_window]\nlength = "28d"\nrule = "ours"\n',
            "medium",
            "7.2, 7.4",
            id="a claim window without an outer limit",
        ),
        pytest.param(
            '[members]\nnew_dissatisfaction = "unstated"\n'
            '[promises.mp_response]\nlength = "10wd"\nrule = "ours"\n',
            "medium",
            "1.3",
            id="MPs without enquiries",
        ),
        pytest.param(
            '[[printed_contacts]]\nbody = "cqc"\nphone = "0300 061 6162"\nemail = "a@b.example"\n',
            "medium",
            "3.7",
            id="a wrong number",
        ),
    ],
)
def test_a_landlords_own_file_is_checked_by_the_same_rules(
    text: str, severity: str, provision: str
):
    assert told(check(OAK + text)) == [(severity, provision)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '[promises.stage_2_response]\nlength = "15wd"\nfrom = "stage2_requested"\nrule = "x"\n',
            id="35 fifteen days at stage 2",
        ),
        pytest.param(
            '[promises.stage_1_acknowledgement]\nlength = "2wd"\nrule = "x"\n', id="36 two days"
        ),
        pytest.param(
            '[promises.complaint_window]\nlength = "24m"\nfrom = "occurred"\nrule = "x"\n',
            id="a longer window",
        ),
        pytest.param(
            '[promises.compensation_window]\nlength = "12m"\nrule = "x"\n', id="a year to claim"
        ),
        pytest.param(
            '[[printed_contacts]]\nbody = "cqc"\nphone = "0300 061 6161"\n'
            'web = "https://www.cqc.org.uk/"\nemail = "Enquiries@cqc.org.uk"\n',
            id="the same number in other groups",
        ),
        pytest.param('[[printed_contacts]]\nbody = "council"\nphone = "1"\n', id="unknown body"),
        pytest.param(
            '[document]\nlandlord = "oak"\ntitle = "x"\nnext_review = 2026-11-22\n',
            id="a review that is due today",
        ),
    ],
)
def test_what_is_allowed_is_no_conflict(text: str):
    assert check(OAK + text) == []


def test_only_the_general_rules_bind_under_another_regulator():
    found = check(
        'extends = "scotland-spso"\nname = "oak"\n[stage_2]\nreasons = "required"\n'
        '[promises.complaint_window]\nlength = "3m"\nfrom = "occurred"\nrule = "ours"\n'
    )
    assert told(found) == [("high", "SPSO model procedure, time limit")]
