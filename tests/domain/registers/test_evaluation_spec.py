"""Evaluation specs: reviewed by enough experts, filed by the province."""

from dataclasses import replace

import pytest

from domain.case.actor import Actor
from domain.case.refusals import LawReasonsRequired, OutsideJurisdiction, WrongStage
from domain.procedures.filing.refusals import OccupationNotOpen
from domain.procedures.registers.evaluation_spec.refusals import SpecTooFewExperts
from domain.registers import evaluation_specs
from domain.registers.occupations import OccupationRegistered
from tests.examples.filing import PROVINCE, SCHOOL, item, submitted
from tests.examples.registers import (
    FIVE,
    HENAN_CLERK,
    HENAN_PROVINCE,
    put_on_file,
    reviewed,
    spec_submitted,
)
from tests.spec.driver import Office, Sent, cst, given

CODE = "6-99-00-01"


def filed(office: Office) -> evaluation_specs.FiledSpec | None:
    """Return the spec on file."""
    return evaluation_specs.filed(office.reading([evaluation_specs.key(CODE)]), CODE)


def test_a_spec_lies_with_the_province_whatever_the_institutions_center() -> None:
    """Cite: YU-2022-8 三(四)."""
    then = given().when(spec_submitted())
    then.then("case.opened", "spec.submitted", "task.opened", "process.moved")
    then.now("received", "spec_review")
    assert then.case.jurisdiction == "410000"
    assert then.case.offices == ("410100",)


def test_a_spec_may_say_its_level_and_bring_materials() -> None:
    sent = spec_submitted()
    files = [{"code": "draft", "digest": f"sha256:{'0' * 64}"}]
    then = given().when(replace(sent, payload={**sent.payload, "level": 4, "materials": files}))
    then.now("received", "spec_review")
    more = then.event("spec.materials_received")
    assert (more.level, [one.code for one in more.materials]) == (4, ["draft"])


def test_four_experts_are_too_few_and_one_named_twice_counts_once() -> None:
    """Cite: YU-2022-8 三(四)."""
    for experts in (FIVE[:4], (*FIVE[:4], FIVE[0]), ()):
        then = given(spec_submitted()).when(reviewed(*experts))
        then.then_refused(SpecTooFewExperts)
        assert "YU-2022-8 三(四)" in then.outcome.zh


def test_reviewed_by_five_it_is_filed_by_the_province() -> None:
    past = given(spec_submitted())
    past.when(reviewed(*FIVE)).then("spec.reviewed", "…").now("in_review", "spec_decision")
    assert filed(past.office) is None
    then = past.when(put_on_file())
    then.then("spec.filed", "notice.issued", "notice.served", "task.completed", "…")
    then.now("closed", "spec_filed")
    found = filed(past.office)
    assert found is not None
    assert found.case == "a"


def test_the_institutions_own_center_may_have_it_reviewed_but_not_file_it() -> None:
    past = given(spec_submitted(), reviewed(*FIVE, by=HENAN_CLERK))
    city = put_on_file(
        by=type(HENAN_CLERK)(
            person="p-z", role="center.reviewer", organisation="c", jurisdiction="410100"
        )
    )
    past.when(city).then_refused(OutsideJurisdiction)
    past.when(put_on_file()).now("closed", "spec_filed")


def test_an_expert_of_the_office_may_record_the_review() -> None:
    expert = Actor(
        person="p-expert-1", role="expert", organisation="c", jurisdiction="410000", name="省中心"
    )
    past = given(spec_submitted())
    past.when(reviewed(*FIVE[:4], by=expert)).then_refused(SpecTooFewExperts)
    past.when(reviewed(*FIVE, by=expert)).now("in_review", "spec_decision")


def test_nothing_is_filed_unreviewed() -> None:
    given(spec_submitted()).when(put_on_file()).then_refused(WrongStage)


@pytest.mark.parametrize("missing", ["reasons", "legal_basis"])
def test_a_refusal_to_file_states_reasons_and_basis(missing: str) -> None:
    given_both = {"reasons": ["已有国家标准"], "legal_basis": ["YU-2022-8 三(四)"]}
    past = given(spec_submitted(), reviewed(*FIVE))
    short = Sent(
        cst("2024-09-12 09:00"), HENAN_PROVINCE, "spec.decline", given_both | {missing: []}
    )
    past.when(short).then_refused(LawReasonsRequired)
    whole = Sent(cst("2024-09-12 09:00"), HENAN_PROVINCE, "spec.decline", given_both)
    past.when(whole).then("spec.declined", "…").now("refused", "spec_declined")
    assert filed(past.office) is None


def test_a_spec_on_file_opens_an_occupation_that_has_no_standard() -> None:
    """Cite: RS-2021-57A 二(六)."""
    office = Office()
    office.register(OccupationRegistered(code=CODE, name="示例操作工", standard=False))
    filing = submitted("2024-09-02 08:00", scope=[item(CODE)])
    given(office=office, case_id="f").when(filing).then_refused(OccupationNotOpen)
    past = (
        spec_submitted(by=SCHOOL),
        reviewed(*FIVE, by=PROVINCE),
        put_on_file(by=PROVINCE),
    )
    given(*past, office=office)
    again = submitted("2024-09-13 09:00", scope=[item(CODE)])
    given(office=office, case_id="g").when(again).then("case.opened", "filing.submitted", "…")


def test_elsewhere_the_number_of_experts_is_local_practice() -> None:
    past = given(spec_submitted(by=SCHOOL))
    assert past.case.jurisdiction == "430000"
    then = past.when(reviewed(*FIVE[:4], by=PROVINCE))
    then.then_refused(SpecTooFewExperts)
    assert "local practice" in then.outcome.en
    past.when(reviewed(*FIVE, by=PROVINCE)).then("spec.reviewed", "…")
