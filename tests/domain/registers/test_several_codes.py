"""One institution, several codes: for its own people and for the public, in one province or two.

Cite: RSJ-2019-2 二(一), 四(三); YUZ-2021-1 一.
"""

from dataclasses import replace

import pytest

from domain.case.refusals import Malformed
from domain.procedures.evaluation.batch.refusals import OutOfScope, SiteNotPermitted
from domain.procedures.filing_change.refusals import ChangeWrongAuthority
from domain.procedures.planning.refusals import PlanOutOfScope
from domain.registers import codes, institutions, places
from domain.registers.institutions import Entry, Institution, InstitutionRegistered, ScopeItem
from tests.examples import batch, filing_change, national, planning
from tests.examples.filing import CLERK, PLACE, REVIEWER, SCHOOL, USCC, item, submitted
from tests.spec.driver import Office, given

LATHE, FITTER = "6-18-01-01", "6-20-01-01"
OWN, PUBLIC = "Y000043000011", "S000043000012"
HALL = "长沙市考试大厅"


def coded(code: str, *occupations: str, place: str = PLACE, address: str = batch.ADDRESS) -> Entry:
    """Return an entry of the institution under one of its codes."""
    return Entry(
        institution=Institution(
            name="长沙甲培训学校", uscc=USCC, type="technical_college", address=address
        ),
        jurisdiction=place,
        scope=tuple(ScopeItem(occupation_code=one, level=4) for one in occupations),
        institution_code=code,
        case=code,
    )


def having(*entries: Entry) -> Office:
    """Return an office whose register has these entries, the last one the newest."""
    found = Office()
    batch.holds(found, batch.planned("2024-06"), batch.bank(), *map(institutions.claim, entries))
    return found


def test_a_plan_has_rows_for_what_either_code_covers() -> None:
    """HN-2022-1 附件3 lists a college as a school and as a social organisation."""
    theirs = having(coded(OWN, LATHE), coded(PUBLIC, FITTER))
    rows = (planning.row(job=""), planning.row(occupation_code=FITTER, job=""))
    given(office=theirs).when(planning.submitted("2024-11-20 09:00", *rows)).then("…")


def test_a_batch_is_held_for_what_the_older_code_covers_at_the_place_filed_with_it() -> None:
    theirs = having(coded(OWN, LATHE), coded(PUBLIC, FITTER, address=HALL))
    then = given(office=theirs).when(batch.reported(job=None))
    event = then.event("batch.reported")
    assert (event.filed_address, event.external) == (batch.ADDRESS, False)
    hall = {"name": "大厅", "address": HALL, "jurisdiction": PLACE}
    given(batch.reported(job=None, site=hall), office=theirs, case_id="b").when(
        batch.approved()
    ).then_refused(SiteNotPermitted)


@pytest.mark.parametrize("place", [batch.ADDRESS, HALL])
def test_the_place_filed_with_either_code_that_covers_it_is_no_external_site(place: str) -> None:
    theirs = having(coded(OWN, LATHE), coded(PUBLIC, LATHE, address=HALL))
    here = {"name": "考场", "address": place, "jurisdiction": PLACE}
    then = given(office=theirs).when(batch.reported(job=None, site=here))
    event = then.event("batch.reported")
    assert (event.filed_address, event.external) == (place, False)


def test_no_permit_is_asked_for_the_place_filed_with_an_older_code() -> None:
    theirs = having(coded(OWN, LATHE), coded(PUBLIC, LATHE, address=HALL))
    past = given(batch.reported(job=None, site=batch.site()), office=theirs)
    here = {"name": "考场", "address": batch.ADDRESS, "jurisdiction": PLACE}
    past.when(batch.site_requested(site=here)).then_refused(Malformed)


def test_what_another_province_filed_is_evaluated_there() -> None:
    """RSJ-2019-2 四(三): who works in several provinces files with each."""
    theirs = having(coded("Y000041000011", LATHE, place="410100"))
    given(office=theirs).when(batch.reported(job=None)).then_refused(OutOfScope)
    rows = planning.submitted("2024-11-20 09:00", planning.row(job=""))
    given(office=theirs).when(rows).then_refused(PlanOutOfScope)


def test_what_the_country_filed_is_evaluated_where_a_province_filed_the_branch() -> None:
    """RSJ-2019-2 四(三), RS-2021-57A 一(十)5: each province files and codes its branch."""
    theirs = having(coded("Y000100000000", LATHE, place="000000"))
    given(office=theirs).when(batch.reported(job=None)).then_refused(OutOfScope)
    rows = planning.submitted("2024-11-20 09:00", planning.row(job=""))
    given(office=theirs).when(rows).then_refused(PlanOutOfScope)


def test_what_it_may_do_for_its_own_people_does_not_count_among_its_three() -> None:
    """HN-2022-1 一(一): 每个社会培训评价组织申报职业不超过3个."""
    many = ("6-18-01-01", "6-20-01-01", "4-10-01-06", "6-31-01-03")
    its = {
        "name": "长沙甲培训学校", "uscc": USCC, "type": "technical_college", "serves": "public",
        "address": batch.ADDRESS, "principal": "p-principal",
    }  # fmt: skip
    theirs = having(coded(OWN, *many))
    given(office=theirs).when(submitted(institution=its, scope=[item("4-12-01-01")])).then(
        "case.opened", "…"
    )


def test_an_exit_takes_every_code_of_the_office_out_of_the_directory() -> None:
    """HN-2022-1 四(十八): who ends evaluating is no longer listed."""
    theirs = having(coded(OWN, LATHE), coded("Y000041000011", LATHE, place="410100"),
                    coded(PUBLIC, FITTER))  # fmt: skip
    past = given(filing_change.requested("exit"), filing_change.accepted(), office=theirs)
    past.when(filing_change.approved()).then(
        "change.approved", "code.retired", "directory.removed", "code.retired",
        "directory.removed", "…",
    )  # fmt: skip
    left = institutions.entries(theirs.reading([institutions.key(USCC)]), USCC)
    assert [one.institution_code for one in left] == ["Y000041000011"]
    for code in (OWN, PUBLIC):
        assert theirs.reading([codes.retired_key(code)])[codes.retired_key(code)].count == 1


def test_a_branch_that_filed_on_its_own_account_too_has_a_code_of_each() -> None:
    """RSJ-2019-2 二(二): its own begins with zeros, its employer's with the ministry's number."""
    branch = national.CHANGSHA_BRANCH
    its = Institution(name=branch["name"], uscc=branch["uscc"], type="enterprise")
    theirs = Office()
    theirs.register(
        InstitutionRegistered(
            institution=its,
            jurisdiction=PLACE,
            scope=(ScopeItem(occupation_code=FITTER, level=4),),
            institution_code=OWN,
        )
    )
    given(*national.NATIONAL_FILED, national.branch_filed(national.HUNAN, branch), office=theirs)
    found = institutions.filed(theirs.reading([institutions.key(its.uscc)]), its.uscc)
    assert [one.institution_code for one in found] == ["Y000143000012", OWN]
    by = replace(SCHOOL, organisation=its.uscc)
    rows = (planning.row(job=""), planning.row(occupation_code=FITTER, job=""))
    sent = replace(planning.submitted("2024-11-20 09:00", *rows), by=by)
    given(office=theirs, case_id="plan").when(sent).then("…")
    asked = filing_change.requested("exit", "2024-12-02 09:00", by=by)
    taken = filing_change.accepted("2024-12-03 09:00")
    past = given(asked, taken, office=theirs, case_id="exit")
    past.when(filing_change.approved("2024-12-04 09:00")).now("closed", "change_made")
    assert institutions.filed(theirs.reading([institutions.key(its.uscc)]), its.uscc) == ()


def test_the_office_that_filed_makes_the_change_though_another_filed_later() -> None:
    theirs = having(coded(OWN, LATHE), coded("Y000041000011", LATHE, place="410100"))
    new = filing_change.requested("details", details={"address": HALL})
    past = given(new, filing_change.accepted(), office=theirs)
    then = past.when(filing_change.approved())
    assert then.event("change.approved").filed.institution_code == OWN


@pytest.mark.parametrize("asked", [None, PLACE])
def test_who_was_filed_by_the_city_asks_the_city(asked: str | None) -> None:
    """Whoever lies in a district may have applied at the city: HN-2022-1 一(二)."""
    in_district = replace(SCHOOL, jurisdiction="430103")
    theirs, details = having(coded(OWN, LATHE)), {"address": HALL}
    sent = filing_change.requested(
        "details", by=in_district, details=details, **({"jurisdiction": asked} if asked else {})
    )
    if asked is None:
        given(office=theirs).when(sent).then_refused(ChangeWrongAuthority)
        return
    past = given(sent, replace(filing_change.accepted(), by=CLERK), office=theirs)
    past.when(filing_change.approved(by=REVIEWER)).now("closed", "change_made")


def test_a_higher_office_makes_no_change_of_what_a_city_filed() -> None:
    """Its places are counted in the city: HN-2022-1 一(一)."""
    details, province = {"address": HALL}, "430000"
    theirs = having(coded(PUBLIC, LATHE))
    for kind, what in (("increment", {"scope": [item(FITTER)]}), ("details", {"details": details}),
                       ("exit", {})):  # fmt: skip
        sent = filing_change.requested(kind, jurisdiction=province, **what)
        given(office=theirs).when(sent).then_refused(ChangeWrongAuthority)


def test_who_evaluates_its_own_people_holds_no_place_by_a_change() -> None:
    """RS-2021-57A 二(四): places are those of social organisations."""
    its = coded("Y000153000001", LATHE, place=national.KUNMING)
    its = replace(its, institution=replace(its.institution, uscc=national.PLAZA))
    theirs = having(its)
    sent = filing_change.requested("details", by=national.ORGANISATION, details={"address": HALL})
    past = given(
        replace(sent, variant="social_organisation"),
        replace(filing_change.accepted(), by=national.CLERK),
        office=theirs,
    )
    past.when(filing_change.approved(by=national.REVIEWER)).now("closed", "change_made")
    place = places.key(national.KUNMING, ScopeItem(occupation_code=LATHE, level=4), "occupation")
    assert places.taken(theirs.reading([place]), place, "another") == 0
