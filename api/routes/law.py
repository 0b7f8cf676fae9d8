"""The law book and the calendar: what term runs, until when, under which clause."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.auth import Reader
from api.described import examples, problems
from api.examples import TERM
from api.paths import LONGEST_ID
from api.problems import ProblemError, fault
from api.schemas.law import CalendarYear, CountedTerm, LawTerm, LeadTime
from api.schemas.shape import AskedDay, AskedInstant, AskedPlace
from api.services import TheServices
from domain.kernel.times import legal_day
from domain.law.answers import JsonObject, Law, NoPlaceError
from domain.law.book import NoRule

router = APIRouter(tags=["law"], responses=problems("command.malformed", "law.no_rule"))
Key = Annotated[str, Query(max_length=80, openapi_examples=examples(TERM))]
Place = Annotated[AskedPlace, Query(openapi_examples=examples("430100"))]
Variant = Annotated[str | None, Query(max_length=80)]


def law_of(caller: Reader, found: TheServices) -> Law:
    """Return the law book with the calendar of the caller's tenant."""
    world = found.world(caller.tenant)
    return Law(world.book, world.calendar)


TheLaw = Annotated[Law, Depends(law_of)]


@router.get(
    "/law/terms/{key}",
    operation_id="readTerm",
    response_model=LawTerm,
    responses=problems("request.not_found"),
)
def read_term(  # noqa: PLR0913, PLR0917  – one argument per parameter
    key: Annotated[str, Path(max_length=LONGEST_ID, openapi_examples=examples(TERM))],
    caller: Reader,
    law: TheLaw,
    found: TheServices,
    jurisdiction: Place,
    on: Annotated[AskedDay | None, Query(description="Today when left out.")] = None,
    variant: Variant = None,
) -> JsonObject:
    """Answer the term in force on a day, with its clause."""
    day = on or legal_day(found.now(caller.tenant))
    return _answer(lambda: law.term(key, jurisdiction, day, variant))


@router.get("/law/deadline", operation_id="countDeadline", response_model=CountedTerm)
def count_deadline(
    law: TheLaw,
    key: Key,
    jurisdiction: Place,
    start: Annotated[
        AskedInstant,
        Query(alias="from", openapi_examples=examples("2024-04-26T17:00:00+08:00")),
    ],
    variant: Variant = None,
) -> JsonObject:
    """Answer the last day of a term that starts at an instant, each day counted or skipped."""
    return _answer(lambda: law.deadline(key, jurisdiction, start, variant))


@router.get("/law/lead", operation_id="countLead", response_model=LeadTime)
def count_lead(
    law: TheLaw,
    key: Annotated[str, Query(max_length=80, openapi_examples=examples("batch.lead"))],
    jurisdiction: Place,
    before: Annotated[AskedDay, Query(openapi_examples=examples("2024-05-20"))],
    variant: Variant = None,
) -> JsonObject:
    """Answer the last admissible day before a day, counted back."""
    return _answer(lambda: law.lead(key, jurisdiction, before, variant))


@router.get(
    "/law/calendar/{year}",
    operation_id="readCalendarYear",
    response_model=CalendarYear,
    responses=problems("calendar.unknown_year"),
)
def read_year(
    law: TheLaw, year: Annotated[int, Path(openapi_examples=examples(2024))]
) -> JsonObject:
    """Answer a year of the working-day calendar, with the number of its notice."""
    found = law.year(year)
    if found is None:
        raise ProblemError("calendar.unknown_year")
    return found


def _answer(ask: Callable[[], JsonObject | NoRule]) -> JsonObject:
    try:
        found = ask()
    except NoPlaceError:
        en = "no province or place has this code"
        raise fault("/query/jurisdiction", "field", "没有这个管辖", en) from None
    except (ValueError, OverflowError) as wrong:
        raise fault("/query", "field", "所问不适用于此期限", str(wrong)) from None
    if isinstance(found, NoRule):
        raise ProblemError(found.code, found.text("zh"), found.text("en"))
    return found
