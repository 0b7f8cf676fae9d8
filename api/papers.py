"""Papers anybody may check by number and code: every miss lasts as long and reads the same."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from api.rates import Rates
from api.services import Services
from domain.case.labels import label
from domain.case.letter import RECEIPT, issuer, receipt
from domain.case.paper_code import paper_code, same_code
from domain.case.sheet import Sheet, day_words
from domain.case.state import Case, Notice
from domain.kernel.times import legal_day

MOST = 100  # characters of a number or a code
_OPENING = 50  # events an opening has at most
_BRACKETS = str.maketrans({**dict.fromkeys("[［【(（", "〔"), **dict.fromkeys("]］】)）", "〕")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that exists, as whoever holds it may know it."""

    number: str
    title: str
    issuer: str
    party: str
    day: str  # as it stands on the paper
    digest: str = ""  # of the HTML; "" for what is made when asked for
    printed: str = ""  # of the PDF
    void: str = ""  # since when it is void, as letters write a day; "" while it stands


class TooManyLookupsError(Exception):
    """One source asks too often; `seconds` until it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Papers:
    """Checks papers for anybody, so many a minute for each source."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._rates = Rates(services.site.lookups)

    async def check(self, source: str, number: str, code: str) -> Paper | None:
        """Return the paper with this number and code; None for every kind of miss alike.

        Raises:
            TooManyLookupsError: `source` has asked too often in this minute.
        """
        allowed, _, seconds = self._rates.hit(f"paper:{source}")
        if not allowed:
            raise TooManyLookupsError(seconds)
        clock, pace = asyncio.get_running_loop().time, self._services.site.lookup_pace
        begun = clock()
        found = await run_in_threadpool(find_paper, self._services, number, code)
        never = asyncio.Event()  # the answer waits for the next beat: no look at it tells how far
        with suppress(TimeoutError):
            await asyncio.wait_for(never.wait(), pace - (clock() - begun) % pace)
        return found


def find_paper(services: Services, number: str, code: str) -> Paper | None:
    """Return the paper with this number and code, whosever it is; blocks."""
    wanted = "".join(number.split()).translate(_BRACKETS)
    if not (wanted and wanted.isprintable() and max(len(wanted), len(code)) <= MOST):
        return None
    right = None
    for tenant, case_id in services.cases.papers(wanted):
        case = services.cases.any_case(tenant, case_id)
        for named, notice in _papers(case, wanted):
            if case and same_code(code, paper_code(case.id, named, wanted)):
                right = (tenant, case, notice)
    return None if right is None else _told(services, *right)


def receipt_of(services: Services, tenant: str, case: Case) -> Sheet:
    """Return the receipt of a case, from the events that opened it; blocks."""
    first = services.cases.any_timeline(tenant, case.id, limit=_OPENING)
    command = first[0].meta.command if first else ""
    return receipt(case, [one for one in first if one.meta.command == command])


def _papers(case: Case | None, number: str) -> list[tuple[str, Notice | None]]:
    """Return what a case gave out under a number, with what its code follows from."""
    if case is None:
        return []
    own: list[tuple[str, Notice | None]] = [(RECEIPT, None)] if case.number == number else []
    return own + [(one.id, one) for one in case.notices if one.number == number]


def _told(services: Services, tenant: str, case: Case, notice: Notice | None) -> Paper:
    if notice is None:
        sheet = receipt_of(services, tenant, case)
        return Paper(
            number=sheet.number,
            title=sheet.title,
            issuer=sheet.issuer,
            party=sheet.addressee,
            day=sheet.day,
        )
    (issued,) = services.cases.any_timeline(tenant, case.id, notice.version - 1, limit=1)
    return Paper(
        number=notice.number,
        title=label("notice", notice.kind, "zh"),
        issuer=issuer(case, issued.meta.actor, notice.office),
        party=case.applicant.name,
        day=day_words(legal_day(notice.issued_at)),
        digest=notice.digest,
        printed=notice.printed,
        void=day_words(legal_day(notice.voided_at)) if notice.voided_at else "",
    )
