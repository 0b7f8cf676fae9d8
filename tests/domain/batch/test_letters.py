"""Letters of a batch name its plan as filed, as it stood when the letter was sent."""

from domain.case.letter import letter
from tests.examples.batch import IN_TIME, approved, office, reported
from tests.spec.driver import given


def test_the_approval_names_occupation_days_place_and_people_of_the_plan() -> None:
    past = given(reported(IN_TIME), approved("2024-06-04 10:00"), office=office())
    events = past.office.streams["a"]
    issued = next(one for one in events if one.type == "notice.issued")
    act = [one for one in events if one.meta.command == issued.meta.command]
    sheet = letter(past.case, act, issued.data["notice"])  # type: ignore[arg-type]  # a text
    facts = dict(sheet.facts)
    assert (sheet.title, sheet.number) == ("考务计划通过通知书", issued.data["number"])
    assert facts["评价职业和等级"].endswith("4级")
    assert facts["评价时间"] == "2024年6月15日至2024年6月16日"
    assert facts["评价地点"]
    assert facts["参评人数"] == "3人"
    assert sheet.addressee == past.case.applicant.name
