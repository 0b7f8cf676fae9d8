"""机构目录: who is filed for what, open to everybody; no sign-in."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from api.console.visit import Trouble, Visit
from api.console.words import half_width
from domain.case.labels import label
from domain.kernel.times import legal_day
from domain.law import jurisdiction
from domain.registers.listing import Listing, Wish

PAGE = 50
LEVELS = ("5", "4", "3", "2", "1")
_FILTERS = ("q", "jurisdiction", "occupation_code", "level")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """What stands against an institution."""

    words: str
    since: date
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPage:
    """One institution, worded for a visitor."""

    code: str
    path: str
    name: str
    type: str
    uscc: str
    place: str
    address: str
    scope: tuple[tuple[str, str], ...]  # occupation with job, level
    since: date | None
    removed: date | None
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPage:
    """The list with its filters as they were sent."""

    rows: tuple[InstitutionPage, ...]
    next: str
    asked: dict[str, str]
    levels: tuple[str, ...]
    table: str  # path of the same list as CSV
    as_of: date | None
    fault: str


def directory(visit: Visit) -> Response:
    """Show who is on file."""
    asked = {name: half_width(visit.query(name)).strip() for name in _FILTERS}
    place, level = asked["jurisdiction"], asked["level"]
    wrong = bool(place) and not jurisdiction.is_code(place)
    tenant, tr = _tenant(visit), visit.texts.tr
    wish = Wish(
        text=asked["q"],
        jurisdiction="" if wrong else place,
        occupation_code=asked["occupation_code"],
        level=int(level) if level in LEVELS else None,
    )
    found = visit.services.directory.listed(tenant, wish, visit.query("after"), PAGE)
    sent = {name: value for name, value in asked.items() if value}
    page = DirectoryPage(
        rows=tuple(_worded(visit, one) for one in found.items),
        next=f"/directory?{urlencode({**sent, 'after': found.next})}" if found.next else "",
        asked=asked,
        levels=LEVELS,
        table=f"/api/v1/public/institutions?{urlencode({**sent, 'format': 'csv', 'limit': 200})}",
        as_of=found.as_of,
        fault=tr("请填写六位行政区划代码，如 430100。") if wrong else "",
    )
    return visit.render("directory.html", tr("机构目录"), page)


def institution(visit: Visit) -> Response:
    """Show one institution of the directory, or since when its code is retired."""
    found = visit.services.directory.one(_tenant(visit), visit.path("code"))
    if found is None:
        raise Trouble(404, "page.not_found")
    page = _worded(visit, found)
    return visit.render("institution.html", page.name or page.code, page)


def _tenant(visit: Visit) -> str:
    """Return whose directory is shown: a visitor's own when signed in."""
    return visit.somebody.tenant if visit.somebody else visit.services.site.public_tenant


def _worded(visit: Visit, one: Listing) -> InstitutionPage:
    tr = visit.texts.tr
    what = {"suspension": tr("暂停评价"), "video": tr("监控视频未上传，不得开展后续认定")}
    return InstitutionPage(
        code=one.institution_code,
        path=f"/directory/{one.institution_code}",
        name=one.name,
        type=label("institution", one.type, visit.lang) if one.type else "",
        uscc=one.uscc,
        place=jurisdiction.name(one.jurisdiction) or one.jurisdiction,
        address=one.address,
        scope=tuple(
            (
                " ".join(part for part in (item.occupation, item.job) if part)
                + f" {item.occupation_code}",
                label("level", str(item.level), visit.lang),
            )
            for item in one.scope
        ),
        since=one.since,
        removed=one.removed,
        measures=tuple(
            MeasureLine(words=what[each.what], since=legal_day(each.since), cite=each.cite)
            for each in one.measures
        ),
    )
