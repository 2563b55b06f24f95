from bot.commands.policy_table import COLUMNS, draw_rules_table


def rows() -> dict[str, list[str]]:
    lines = [line.strip("| ").split(" | ") for line in draw_rules_table().splitlines()]
    return {line[0]: line[1:] for line in lines}


def test_every_row_has_a_cell_for_each_document_and_for_heard():
    assert rows()["rule"] == [*COLUMNS, "Heard"]
    assert {len(cells) for cells in rows().values()} == {len(COLUMNS) + 1}


def test_a_clock_is_told_as_each_document_has_it():
    assert rows()["stage 2 acknowledgement"] == [
        "2 working days start not stated (leaflet, Stage Two)",
        "5 working days from stage2 requested (4.3.14)",
        "5 working days from stage2 requested (Stage 2)",
        "2 working days start not stated (Stage two)",
        "-",
        "5 working days from stage2 requested (6.11)",
    ]


def test_heard_keeps_a_promise_that_the_code_does_not_know():
    assert rows()["getting it sorted"] == [
        *["-"] * 4,
        rows()["getting it sorted"][4],
        "as promised",
    ]


def test_a_rule_is_told_as_each_document_has_it():
    assert rows()["steps beside the stages"] == [*["none"] * 4, "Getting it sorted", "none"]
    assert rows()["reasons for stage 2"][2:] == ["helpful", "optional", "required", "optional"]
    assert rows()["Ombudsman"][-2:] == [
        "after 8 weeks; only through an MP or councillor",
        "at any time",
    ]
    assert rows()["compensation"][1].startswith("low up to £100: Service Manager; medium up to")
