"""`anjuan law` and `anjuan calendar`: the forms and shapes that scripts rely on."""

import json
from pathlib import Path

import pytest

from infra.cli.main import run

ACCEPTANCE = ["filing.acceptance", "--jurisdiction", "430103"]
NEW_YEAR = """
year = 2027
status = "official"
notice = "示例〔2026〕1号"

[[holidays]]
name = "元旦"
name_en = "New Year's Day"
rest = [2027-01-01, 2027-01-02, 2027-01-03]
"""

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, in which a calendar may be published."""
    monkeypatch.setenv("ANJUAN_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def answered(out: Out, *arguments: str) -> object:
    assert run([*arguments]) == 0
    return json.loads(out.readouterr().out)


def test_a_term_is_answered_with_its_clause(capsys: Out) -> None:
    found = answered(capsys, "law", "term", *ACCEPTANCE, "--on", "2024-04-26", "--json")
    assert found == {
        "key": "filing.acceptance",
        "amount": 7,
        "unit": "working_day",
        "consequence": "filing.deemed_accepted",
        "cite": "HN-2022-1 一(二)",
        "local_practice": False,
        "anchor": "receipt",
        "at_most": False,
    }


def test_a_variant_is_answered_by_its_own_rule(capsys: Out) -> None:
    place = ["filing.decision", "--jurisdiction", "410000", "--variant", "henan_appraisal_agency"]
    found = answered(capsys, "law", "term", *place, "--on", "2024-04-26", "--json")
    assert isinstance(found, dict)
    assert (found["amount"], found["cite"]) == (5, "YUG-2020-1 9")


def test_a_deadline_is_answered_with_its_ledger(capsys: Out) -> None:
    start = "2024-04-26T17:00:00+08:00"
    found = answered(capsys, "law", "deadline", *ACCEPTANCE, "--from", start, "--json")
    assert isinstance(found, dict)
    assert (found["due"], found["effective"]) == ("2024-05-09", "2024-05-10T00:00:00+08:00")
    assert (found["provisional"], found["ledger"][2]["why"]) == (False, "周日调休上班")
    assert found["calendar"].startswith("cn@2026.")


def test_an_officers_shorter_supplement_is_counted(capsys: Out) -> None:
    asked = ["filing.supplement", "--jurisdiction", "430103", "--amount", "3"]
    start = "2024-04-26T17:00:00+08:00"
    found = answered(capsys, "law", "deadline", *asked, "--from", start, "--json")
    assert isinstance(found, dict)
    assert found["due"] == "2024-04-30"


def test_a_lead_time_is_answered_without_a_variant_where_all_agree(capsys: Out) -> None:
    asked = ["batch.lead", "--jurisdiction", "410100", "--before", "2024-10-15"]
    found = answered(capsys, "law", "lead", *asked, "--json")
    assert isinstance(found, dict)
    assert found["last_day"] == "2024-09-26"
    assert found["ledger"][0]["counts"] is False


def test_people_read_the_same_in_plain_lines(capsys: Out) -> None:
    assert run(["law", "term", *ACCEPTANCE, "--on", "2024-04-26"]) == 0
    assert "7 个工作日" in capsys.readouterr().out
    supplement = ["filing.supplement", "--jurisdiction", "530000"]
    assert run(["law", "term", *supplement, "--on", "2024-04-26"]) == 0
    assert "at most 10" in capsys.readouterr().out
    plan = ["plan.annual", "--jurisdiction", "430000", "--on", "2024-04-26"]
    assert run(["law", "term", *plan]) == 0
    assert "12月31日" in capsys.readouterr().out
    assert run(["law", "deadline", *ACCEPTANCE, "--from", "2026-12-28T09:00:00+08:00"]) == 0
    deadline = capsys.readouterr().out
    assert "2027-01-06 周三 Wed 24:00" in deadline
    assert "暂定" in deadline
    assert (
        run(["law", "lead", "batch.lead", "--jurisdiction", "430100", "--before", "2026-10-13"])
        == 0
    )
    assert "2026-09-28 周一 Mon 24:00" in capsys.readouterr().out
    video = ["batch.video", "--jurisdiction", "430100", "--from", "2026-10-21T09:00:00+08:00"]
    assert run(["law", "deadline", *video]) == 0
    assert "末日顺延" in capsys.readouterr().out


def test_a_batch_is_answered_in_its_order(capsys: Out, tmp_path: Path) -> None:
    requests = [
        {"key": "filing.acceptance", "jurisdiction": place, "from": "2024-04-26T17:00:00+08:00"}
        for place in ("430103", "530000")
    ]
    file = tmp_path / "requests.json"
    file.write_text(json.dumps(requests), encoding="utf-8")
    found = answered(capsys, "law", "deadline", "--batch", str(file), "--json")
    assert isinstance(found, list)
    assert [one["due"] for one in found] == ["2024-05-09", "2024-05-13"]


def test_a_batch_answers_what_it_can_and_says_what_has_no_rule(capsys: Out, tmp_path: Path) -> None:
    requests = [
        {"key": "filing.acceptance", "jurisdiction": "430103", "on": "2018-01-01"},
        {
            "key": "filing.acceptance",
            "jurisdiction": "430103",
            "variant": "hunan",
            "on": "2024-01-01",
        },
    ]
    file = tmp_path / "requests.json"
    file.write_text(json.dumps(requests), encoding="utf-8")
    assert run(["law", "term", "--batch", str(file)]) == 3
    refused, found = json.loads(capsys.readouterr().out)
    assert refused["error"]["code"] == "law.no_rule"
    assert found["amount"] == 7


def test_a_question_without_a_rule_is_not_found_and_a_near_key_is_named(capsys: Out) -> None:
    wrong = ["filing.acceptence", "--jurisdiction", "430103", "--on", "2024-04-26"]
    assert run(["law", "term", *wrong]) == 3
    said = capsys.readouterr().err
    assert "[law.no_rule]" in said
    assert "filing.acceptance" in said


def test_what_never_had_a_rule_has_no_deadline_and_no_lead_time(capsys: Out) -> None:
    start = ["--from", "2018-01-02T09:00:00+08:00"]
    assert run(["law", "deadline", *ACCEPTANCE, *start]) == 3
    lead = ["batch.lead", "--jurisdiction", "530000", "--before", "2024-10-15"]
    assert run(["law", "lead", *lead]) == 3
    assert capsys.readouterr().err.count("[law.no_rule]") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["term"], "缺少 key"),
        (["term", "filing.acceptance", "--on", "2024-04-26"], "缺少 jurisdiction"),
        (["term", *ACCEPTANCE], "缺少 on"),
        (["term", *ACCEPTANCE, "--on", "2024-02-30"], "须为日期"),
        (["term", "filing.acceptance", "--jurisdiction", "43", "--on", "2024-01-01"], "六位数字"),
        (["term", "filing.acceptance", "--jurisdiction", "999999", "--on", "2024-01-01"], "没有"),
        (["deadline", *ACCEPTANCE, "--from", "2024-04-26T17:00:00"], "带时区"),
        (["deadline", *ACCEPTANCE, "--from", "2024-04-31T17:00:00Z"], "带时区"),
        (["deadline", *ACCEPTANCE, "--from", "2024-04-26T17:00:00Z", "--amount", "3"], "law's"),
        (
            [
                "deadline",
                "batch.lead",
                "--jurisdiction",
                "430100",
                "--from",
                "2024-04-26T17:00:00Z",
            ],
            "lead time",
        ),
        (["lead", *ACCEPTANCE, "--before", "2024-04-26"], "not a lead time"),
        (["term", *ACCEPTANCE, "--batch", "x.json"], "--batch"),
    ],
)
def test_a_malformed_question_is_an_error_of_usage(
    arguments: list[str], said: str, capsys: Out
) -> None:
    assert run(["law", *arguments]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "[command.malformed]" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "{}",
        "[1]",
        '[{"key": "filing.acceptance"}]',
        '[{"key": "k", "jurisdiction": "430000", "on": "2024-01-01", "extra": 1}]',
        '[{"key": "k", "jurisdiction": "430000", "on": "2024-01-01", "variant": 1}]',
    ],
)
def test_a_malformed_batch_is_an_error_of_usage(content: str, tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "requests.json"
    file.write_text(content, encoding="utf-8")
    assert run(["law", "term", "--batch", str(file)]) == 2
    assert "[command.malformed]" in capsys.readouterr().err


def test_a_missing_file_is_not_found(tmp_path: Path, capsys: Out) -> None:
    missing = str(tmp_path / "missing")
    for command in (["law", "term", "--batch"], ["calendar", "check"], ["calendar", "import"]):
        assert run([*command, missing]) == 3
        assert "[file.not_found]" in capsys.readouterr().err


def test_a_year_is_shown_with_its_notice_and_its_days(capsys: Out) -> None:
    shown = answered(capsys, "calendar", "show", "2026", "--json")
    assert isinstance(shown, dict)
    assert (shown["status"], shown["notice"]) == ("official", "国办发明电〔2025〕7号")
    assert shown["working_days"] == 248
    assert {key: shown["days"][-1][key] for key in ("day", "working")} == {
        "day": "2026-10-10",
        "working": True,
    }
    assert run(["calendar", "show", "2026"]) == 0
    assert "周六调休上班" in capsys.readouterr().out
    assert run(["calendar", "show", "2027"]) == 0
    assert "暂定" in capsys.readouterr().out


def test_an_unknown_year_is_not_found(capsys: Out) -> None:
    assert run(["calendar", "show", "1999"]) == 3
    assert "[calendar.unknown_year]" in capsys.readouterr().err


def test_checking_a_year_lists_what_would_change_and_changes_nothing(
    tmp_path: Path, data: Path, capsys: Out
) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(NEW_YEAR, encoding="utf-8")
    found = answered(capsys, "calendar", "check", str(file), "--json")
    assert isinstance(found, dict)
    assert found["changed"] == [{"day": "2027-01-01", "before": "工作日", "after": "元旦放假"}]
    assert not data.exists()


def test_an_imported_year_is_published_and_its_deadlines_are_no_longer_provisional(
    tmp_path: Path, capsys: Out
) -> None:
    file = tmp_path / "next.toml"
    file.write_text(NEW_YEAR, encoding="utf-8")
    assert run(["calendar", "import", str(file)]) == 0
    assert "周五  工作日 → 元旦放假" in capsys.readouterr().out
    start = "2026-12-28T09:00:00+08:00"
    found = answered(capsys, "law", "deadline", *ACCEPTANCE, "--from", start, "--json")
    assert isinstance(found, dict)
    assert (found["due"], found["provisional"]) == ("2027-01-07", False)


@pytest.mark.parametrize(
    ("old", "new", "exit_code", "said"),
    [
        ("2027-01-03", "2027-13-03", 2, "file.malformed"),
        ("2027-01-03", "2028-01-03", 6, "2028-01-03: not in 2027"),
        ('"official"', '"provisional"', 0, ""),
        ("2027", "2026", 0, ""),
    ],
)
def test_only_a_valid_year_is_published(
    *, old: str, new: str, exit_code: int, said: str, tmp_path: Path, capsys: Out
) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(NEW_YEAR.replace(old, new), encoding="utf-8")
    assert run(["calendar", "check", str(file)]) == exit_code
    assert said in capsys.readouterr().err


def test_an_official_year_never_becomes_provisional_again(tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "2026.toml"
    file.write_text('year = 2026\nstatus = "provisional"\n', encoding="utf-8")
    assert run(["calendar", "import", str(file)]) == 6
    assert "cannot become provisional" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_a_failure(
    tmp_path: Path, data: Path, capsys: Out
) -> None:
    data.write_text("a file stands where the folder should", encoding="utf-8")
    file = tmp_path / "2027.toml"
    file.write_text(NEW_YEAR, encoding="utf-8")
    assert run(["calendar", "import", str(file)]) == 1
    assert "[calendar.not_written]" in capsys.readouterr().err
