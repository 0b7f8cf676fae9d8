"""Registers loaded into a sandbox tenant before its story begins (VOCABULARY §8, `fixtures:`)."""

from collections.abc import Callable, Mapping, Sequence

from domain.kernel.codec import received
from domain.kernel.faults import Fault, MalformedError
from domain.kernel.json import Json, JsonValue
from domain.law.calendar import CalendarFaultError, parse_year
from domain.registers.candidates import CandidateRegistered
from domain.registers.institutions import Institution, InstitutionRegistered
from domain.registers.kept import CertificateRegistered, SupervisorRegistered
from domain.registers.occupations import OccupationRegistered
from domain.registers.staff import StaffRegistered
from domain.registers.years import CalendarPublished
from infra.event_store.registers import RegisterEntries

_OWN = ("jurisdiction", "scope", "institution_code", "bars")  # beside what describes it
_STAFF = "staff"  # a register of its own


def registers(fixtures: Json) -> tuple[RegisterEntries, ...]:
    """Return what `fixtures` – the lists `institutions`, `occupations` … – puts where.

    Raises:
        MalformedError: an entry has not its shape, or nobody keeps such a register here.
    """
    if unknown := sorted(set(fixtures) - set(_REGISTERS)):
        zh, en = "没有这种登记簿", f"no such register; known: {', '.join(_REGISTERS)}"
        raise MalformedError([Fault(f"/{one}", "field", zh, en) for one in unknown])
    return tuple(
        RegisterEntries(
            name=stream,
            events=[event for one in _entries(fixtures, name) for event in read(one)],
        )
        for name, (stream, read) in _REGISTERS.items()
        if fixtures.get(name)
    )


def _entries(fixtures: Json, name: str) -> Sequence[Json]:
    listed = fixtures[name]
    if not isinstance(listed, list | tuple) or not all(isinstance(one, Mapping) for one in listed):
        raise MalformedError([Fault(f"/{name}", "type", "须为对象列表", "a list of objects")])
    return [one for one in listed if isinstance(one, Mapping)]


def _institution(data: Json) -> tuple[object, ...]:
    described = {name: value for name, value in data.items() if name not in (*_OWN, _STAFF)}
    own: dict[str, JsonValue] = {name: data[name] for name in _OWN if name in data}
    its = received(Institution, described)  # its faults are named by its own places
    entry = received(InstitutionRegistered, {"institution": described, **own})
    if _STAFF not in data:
        return (entry,)
    return (entry, received(StaffRegistered, {"uscc": its.uscc, "people": data[_STAFF]}))


def _occupation(data: Json) -> tuple[object, ...]:
    return (received(OccupationRegistered, data),)


def _candidate(data: Json) -> tuple[object, ...]:
    return (received(CandidateRegistered, data),)


def _certificate(data: Json) -> tuple[object, ...]:
    return (CertificateRegistered(certificate=data),)


def _supervisor(data: Json) -> tuple[object, ...]:
    return (SupervisorRegistered(supervisor=data),)


def _year(data: Json) -> tuple[object, ...]:
    try:
        year = parse_year(dict(data))
    except CalendarFaultError as error:
        zh, en = "年度表有误", "; ".join(error.faults)
        raise MalformedError([Fault("/calendars", "type", zh, en)]) from None
    return (CalendarPublished(year=year.year, table=data),)


_REGISTERS: Mapping[str, tuple[str, Callable[[Json], tuple[object, ...]]]] = {
    "institutions": ("institutions", _institution),
    "occupations": ("occupations", _occupation),
    "candidates": ("candidates", _candidate),
    "supervisors": ("supervisors", _supervisor),
    "certificates": ("certificates", _certificate),
    "calendars": ("calendar", _year),
}
