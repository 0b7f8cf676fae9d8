"""Messages of a batch, named for what they mean: a Saturday's exam on 15 and 16 June 2024."""

from datetime import date, datetime
from typing import Any

from domain.case.actor import Actor
from domain.case.decision import Claim
from domain.registers import institutions, plans, question_banks
from domain.registers.candidates import CandidateRegistered
from domain.registers.institutions import Entry, Institution, InstitutionRegistered, ScopeItem
from domain.registers.plans import PlanRow, PublishedPlan
from domain.registers.question_banks import RecordedBank
from domain.registers.staff import StaffRegistered
from tests.examples.filing import CLERK, PLACE, SCHOOL, USCC, Said
from tests.spec.driver import Office, Sent, cst

LATHE = "6-18-01-01"
ADDRESS = "长沙市示例路1号"
ZHUZHOU = "430200"
IN_TIME = "2024-06-03 10:00"
LAST_SECOND = "2024-06-05 23:59:59"  # the seventh working day counted back; 10 June is a holiday
MIDNIGHT = "2024-06-06 00:00"
FILM = "sha256:" + "cd" * 32
STAFF = ("p-staff-1", "p-staff-2")
SUPERVISOR = "p-supervisor"
CANDIDATES = ("p-c1", "p-c2", "p-c3")


def exam(role: str, person: str) -> Actor:
    """Return somebody who works in the exam."""
    return Actor(person=person, role=role, organisation=USCC, jurisdiction=PLACE)


STAFF_MEMBER = exam("exam.staff", "p-staff-1")
HEAD = exam("exam.head", "p-head")
OTHER_CENTER = Actor(
    person="p-zhuzhou", role="center.clerk", organisation="c-430200", jurisdiction=ZHUZHOU
)


def registered(
    *, place: str = PLACE, kind: str = "school", code: str = "Y000043000007", **more: Said
) -> InstitutionRegistered:
    """Return an institution filed for lathe operators (车工) of level 4."""
    its = Institution(name="长沙甲培训学校", uscc=USCC, type=kind, address=ADDRESS)  # type: ignore[arg-type]
    scope = (ScopeItem(occupation_code=LATHE, occupation="车工", job="数控车工", level=4),)
    return InstitutionRegistered(
        institution=its, jurisdiction=place, scope=scope, institution_code=code, **more
    )


def planned(*months: str, year: int = 2024, level: int = 4) -> Claim:
    """Return the claim of a plan in force with a row for each month."""
    rows = tuple(
        PlanRow(occupation_code=LATHE, level=level, evaluation_period=month) for month in months
    )
    plan = PublishedPlan(rows=rows, filed_at=cst(f"{year - 1}-12-01 09:00"), case="plan")
    return plans.claim(USCC, year, plan)


def bank(level: int = 4) -> Claim:
    """Return the claim of a question bank on record."""
    recorded = RecordedBank(case="bank", recorded_at=cst("2024-01-02 09:00"))
    return question_banks.claim(question_banks.key(USCC, LATHE, level), recorded)


def own_people(*people: str) -> StaffRegistered:
    """Return the list of the institution's full-time people."""
    return StaffRegistered(uscc=USCC, people=people)


def barred(person: str, until: date) -> CandidateRegistered:
    """Return a candidate who may not take part until a day."""
    return CandidateRegistered(person=person, barred_until=until, cite="RS-2021-57B 6")


def office(*entries: object, claims: Said = None) -> Office:
    """Return an office that knows the institution, its plan of June 2024 and its bank."""
    found = Office()
    found.register(*(entries or (registered(),)))
    holds(found, *([planned("2024-06"), bank()] if claims is None else claims))
    return found


def holds(where: Office, *claims: Claim) -> None:
    """Let claims of other cases stand in an office."""
    where._claim(claims)  # noqa: SLF001  – as a case of another procedure would


def plan(**changes: Said) -> dict[str, Any]:
    """Return a plan without faults; `None` takes a field out."""
    usual: dict[str, Any] = {
        "occupation_code": LATHE,
        "occupation": "车工",
        "job": "数控车工",
        "level": 4,
        "mode": "exam",
        "subjects": ["theory", "practice"],
        "fee": 300,
        "candidates": list(CANDIDATES),
        "site": {"name": "本校", "address": ADDRESS, "jurisdiction": PLACE},
        "starts_on": "2024-06-15",
        "ends_on": "2024-06-16",
        "exam_plan": "理论机考，实操两场",
        "exam_staff": list(STAFF),
        "assessors": ["p-a1", "p-a2", "p-a3"],
        "group_leader": "p-a1",
        "internal_supervisor": SUPERVISOR,
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def reported(
    at: str = IN_TIME, by: Actor = SCHOOL, variant: str = "hunan", **changes: Said
) -> Sent:
    """A plan arrives."""
    return Sent(cst(at), by, "batch.report", plan(**changes), opens=True, variant=variant)


def act(at: str | datetime, by: Actor, do: str, /, **payload: Said) -> Sent:
    """Somebody sends a command."""
    instant = cst(at) if isinstance(at, str) else at
    return Sent(instant, by, f"batch.{do}", payload)


def approved(at: str = "2024-06-07 10:00", by: Actor = CLERK) -> Sent:
    """The center approves."""
    return act(at, by, "approve")


def site(place: str = ZHUZHOU, address: str = "株洲市示例路2号") -> dict[str, Any]:
    """Return an external site."""
    return {"name": "实训基地", "address": address, "jurisdiction": place}


def site_requested(at: str = "2024-06-04 09:00", place: str = ZHUZHOU, **more: Said) -> Sent:
    """The institution asks for an external site."""
    asked = {"site": site(place), "reason": "设备检修"} | more
    return act(at, SCHOOL, "request_external_site", **asked)


def permitted(at: str, by: Actor = CLERK, **more: Said) -> Sent:
    """A center permits the site."""
    return act(at, by, "permit_site", **more)


def finished(at: str = "2024-06-16 18:00", on: str = "2024-06-16") -> Sent:
    """The head of the exam reports its end."""
    return act(at, HEAD, "finish", on=on)


def filmed(at: str = "2024-06-17 09:00", **more: Said) -> Sent:
    """The film is uploaded."""
    return act(at, SCHOOL, "upload_video", **({"digest": FILM, "height": 1080} | more))


def score(candidate: str, subject: str, value: int) -> dict[str, Any]:
    """Return a row of scores."""
    return {"candidate": candidate, "subject": subject, "score": value}


SCORES = [
    score("p-c1", "theory", 80),
    score("p-c1", "practice", 60),
    score("p-c2", "theory", 59),
    score("p-c2", "practice", 95),
    score("p-c3", "theory", 70),
]


def scored(at: str = "2024-06-17 10:00", *rows: Said, **more: Said) -> Sent:
    """Two people enter scores."""
    entered = {"first_entry_by": "p-e1", "second_entry_by": "p-e2"} | more
    return act(at, SCHOOL, "enter_scores", rows=list(rows or SCORES), **entered)


def results(at: str = "2024-06-18 10:00") -> Sent:
    """The institution reports the results."""
    return act(at, SCHOOL, "report_results")


def passed(at: str = "2024-06-20 10:00") -> Sent:
    """The center lets the results pass."""
    return act(at, CLERK, "approve_results")


def filed_elsewhere(address: str) -> Claim:
    """Return the claim of a filing with another address."""
    its = registered()
    entry = Entry(
        institution=Institution(
            name=its.institution.name, uscc=USCC, type="school", address=address
        ),
        jurisdiction=PLACE,
        scope=its.scope,
        institution_code=its.institution_code,
        case="filing",
    )
    return institutions.claim(entry)


APPROVED = (reported(), approved())
HELD = (*APPROVED, finished())
SCORED = (*HELD, scored())
REPORTED = (*SCORED, results())
