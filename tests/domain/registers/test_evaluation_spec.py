"""Evaluation specs: reviewed by enough experts, filed by the province."""

from dataclasses import replace

import pytest

from domain.case.access import acts_for
from domain.case.actor import Actor
from domain.case.commands import command_spec
from domain.case.refusals import LawReasonsRequired, OutsideJurisdiction, WrongStage
from domain.procedures.filing.refusals import OccupationNotOpen
from domain.procedures.registers.evaluation_spec.events import SpecSubmitted
from domain.procedures.registers.evaluation_spec.facts import Spec, fold, offices
from domain.procedures.registers.evaluation_spec.refusals import SpecTooFewExperts
from domain.registers import evaluation_specs
from domain.registers.occupations import OccupationRegistered
from tests.examples.filing import PROVINCE, SCHOOL, item, submitted
from tests.examples.registers import (
    FIVE,
    HENAN_CLERK,
    HENAN_COLLEGE,
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


def test_a_spec_lies_with_the_institutions_own_center_and_is_for_the_province_to_file() -> None:
    """Cite: YU-2022-8 三(四)."""
    then = given().when(spec_submitted())
    then.then("case.opened", "spec.submitted", "task.opened", "process.moved")
    then.now("received", "spec_review")
    assert then.case.jurisdiction == "410100"
    assert (then.case.offices, then.case.awaited) == (("410000",), ())
    assert given(spec_submitted(), reviewed(*FIVE), case_id="b").case.awaited == ("410000",)


def test_a_spec_of_the_provinces_own_college_is_filed_there() -> None:
    own = replace(HENAN_COLLEGE, jurisdiction="410000")
    past = (replace(spec_submitted(), by=own), reviewed(*FIVE))
    given(*past).when(put_on_file()).now("closed", "spec_filed")


@pytest.mark.parametrize(("office", "jurisdiction"), [("410100", "410000"), ("", "410000")])
def test_a_spec_that_was_opened_with_the_province_is_still_filed_there(
    office: str, jurisdiction: str
) -> None:
    case = replace(given(spec_submitted(), reviewed(*FIVE)).case, jurisdiction=jurisdiction)
    early = SpecSubmitted(occupation_code=CODE, office=office)
    data = fold(Spec(), early, given(spec_submitted(), case_id="b").office.streams["b"][0].meta)
    case = replace(case, data=data, offices=offices(data))
    spec = command_spec("spec.file")
    assert spec is not None
    assert acts_for(HENAN_PROVINCE, case, spec)
    assert not acts_for(HENAN_CLERK, case, spec)


@pytest.mark.parametrize(
    ("home", "variant"), [("430100", "henan"), ("410100", "hunan"), ("530100", "hunan")]
)
def test_a_variant_is_for_its_own_province(home: str, variant: str) -> None:
    elsewhere = replace(HENAN_COLLEGE, jurisdiction=home)
    sent = replace(spec_submitted(), by=elsewhere, variant=variant)
    given().when(sent).then_refused(OutsideJurisdiction)


def test_a_spec_may_say_its_level_and_bring_materials() -> None:
    sent = spec_submitted()
    files = [{"code": "draft", "digest": f"sha256:{'0' * 64}"}]
    then = given().when(replace(sent, payload={**sent.payload, "level": 4, "materials": files}))
    then.now("received", "spec_review")
    more = then.event("spec.materials_received")
    assert (more.level, [one.code for one in more.materials]) == (4, ["draft"])


def test_four_experts_are_too_few_one_named_twice_counts_once_and_a_blank_not_at_all() -> None:
    """Cite: YU-2022-8 三(四)."""
    for experts in (FIVE[:4], (*FIVE[:4], FIVE[0]), (*FIVE[:4], " "), ()):
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


def test_in_hunan_the_number_of_experts_is_local_practice() -> None:
    past = given(spec_submitted(by=SCHOOL))
    assert past.case.jurisdiction == SCHOOL.jurisdiction
    then = past.when(reviewed(*FIVE[:4], by=PROVINCE))
    then.then_refused(SpecTooFewExperts)
    assert "local practice" in then.outcome.en
    past.when(reviewed(*FIVE, by=PROVINCE)).then("spec.reviewed", "…")
