"""I1 and its neighbours: does what lies in the store explain what the clients saw?

Plain Python over plain values: it shares nothing with the product, so it cannot share its faults.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.faults.rig.history import FINAL, Act, History, Read, Told

REFUSAL = "command.refused"
BODY_DIFFERS = "idempotency.body_differs"
UNAVAILABLE = 503
ONCE = frozenset(  # legal effects that a filing can have once only
    {
        "case.opened",
        "case.closed",
        "case.withdrawn",
        "filing.submitted",
        "filing.accepted",
        "filing.deemed_accepted",
        "filing.deemed_abandoned",
        "filing.supplement_requested",
        "filing.not_accepted",
        "filing.assessed",
        "filing.approved",
        "filing.declined",
        "directory.published",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event as it lies in the store."""

    position: int
    tenant: str
    stream: str
    version: int
    event_id: str
    type: str
    command: str  # id of the command or lapse that led to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An inbox row as it lies in the store."""

    tenant: str
    client: str
    key: str
    command: str  # its id
    case: str
    kind: str  # "done", "refused" or "" while undecided
    code: str = ""


@dataclass(frozen=True, slots=True)
class Final:
    """The whole store after the dust has settled."""

    events: Sequence[Entry]  # by position
    inbox: Sequence[Row]


def violations(history: History, final: Final) -> list[str]:
    """Return every way in which the store contradicts what clients were told; empty when none."""
    return [
        *_of_the_log(final.events),
        *_of_the_inbox(final),
        *_of_acts(history.acts, final),
        *_of_real_time(history.acts, final),
        *_of_reads(history, final.events),
    ]


def _of_the_log(events: Sequence[Entry]) -> Iterator[str]:
    for event_id, count in Counter(one.event_id for one in events).items():
        if count > 1:
            yield f"event {event_id} lies {count} times in the log"
    for (_, stream), entries in _by_stream(events).items():
        versions = [one.version for one in entries]
        if versions != list(range(1, len(versions) + 1)):
            yield f"stream {stream}: versions {versions} in the order of positions"
        for kind, count in Counter(one.type for one in entries).items():
            if kind in ONCE and count > 1:
                yield f"stream {stream}: {kind} happened {count} times"


def _of_the_inbox(final: Final) -> Iterator[str]:
    by_command = _by_command(final.events)
    for key, count in Counter((one.tenant, one.client, one.key) for one in final.inbox).items():
        if count > 1:
            yield f"inbox: {count} rows under {key}"
    for row in final.inbox:
        effects = [one.type for one in by_command.get(row.command, ()) if one.type != REFUSAL]
        if not row.kind:
            yield f"{row.key}: received and never decided"
        if row.kind != "done" and effects:
            yield f"{row.key}: {row.kind or 'undecided'}, yet it led to {effects}"
        if row.kind == "done" and not effects:
            yield f"{row.key}: done, yet it led to nothing"


def _of_acts(acts: Sequence[Act], final: Final) -> Iterator[str]:
    rows = {(one.tenant, one.client, one.key): one for one in final.inbox}
    by_command = _by_command(final.events)
    for act in acts:
        row = rows.get((act.tenant, act.client, act.key))
        yield from _of_manners(act)
        for told in act.told("ok", "refused", "pending"):
            if row is None:
                yield f"LOST: {act.key} ({act.name}) was answered {told.status}, no row is there"
            elif told.verdict != "pending":
                yield from _of_answer(act, told, row, by_command.get(row.command, ()))
        if act.verdict == "turned away" and row is not None and not _is_another_body(act):
            yield f"{act.key} ({act.name}) was turned away, yet a row is there"
        if len({(one.verdict, one.code, one.events) for one in act.told(*FINAL)}) > 1:
            yield f"{act.key} ({act.name}) was answered in two ways: {act.told(*FINAL)}"


def _of_manners(act: Act) -> Iterator[str]:
    """An outage is told as such, with a hint when to come again; nothing is a bare fault."""
    for told in act.told("unknown"):
        if told.status not in (0, UNAVAILABLE) or not told.retry:
            yield f"{act.key} ({act.name}) was answered {told.status} {told.code}, not 503"


def _is_another_body(act: Act) -> bool:
    return all(one.code == BODY_DIFFERS for one in act.told("turned away"))


def _of_answer(act: Act, told: Told, row: Row, events: Sequence[Entry]) -> Iterator[str]:
    kind = "done" if told.verdict == "ok" else "refused"
    if (row.kind, row.code) != (kind, told.code):
        found = (row.kind, row.code)
        yield f"{act.key} ({act.name}) was told {kind} {told.code}; the row says {found}"
    lying = Counter((one.type, one.version) for one in events)
    for shown in told.events:
        if lying[shown] != 1:
            yield f"LOST: {act.key} was told of {shown}; the log holds it {lying[shown]} times"
    if told.case and row.case != told.case:
        yield f"{act.key} was told of case {told.case}; the row says {row.case}"


def _of_real_time(acts: Sequence[Act], final: Final) -> Iterator[str]:
    """What was acknowledged before another act was sent must stand before it in the case."""
    rows = {(one.tenant, one.client, one.key): one for one in final.inbox}
    by_command = _by_command(final.events)
    placed: dict[str, list[tuple[Act, int]]] = defaultdict(list)
    for act in acts:
        row = rows.get((act.tenant, act.client, act.key))
        events = by_command.get(row.command, ()) if row else ()
        if row and row.kind == "done" and events:
            placed[row.case].append((act, min(one.position for one in events)))
    for case, placings in placed.items():
        placings.sort(key=lambda one: one[1])
        latest_send = float("-inf")
        for act, position in placings:
            if act.acknowledged is not None and act.acknowledged < latest_send:
                yield f"case {case}: {act.key} at {position} overtaken by an act sent after it"
            latest_send = max(latest_send, act.invoked)


def _of_reads(history: History, events: Sequence[Entry]) -> Iterator[str]:
    streams = _by_stream(events)
    for read in history.reads:
        whole = [(one.version, one.type) for one in streams.get((read.tenant, read.case), ())]
        if list(read.events) != whole[: len(read.events)]:
            yield f"case {read.case}: a read of {len(read.events)} events is no prefix of the log"
        yield from _missing(read, history.acts)


def _missing(read: Read, acts: Sequence[Act]) -> Iterator[str]:
    shown = {version for version, _ in read.events}
    for act in acts:
        for told in act.told("ok"):
            if told.case == read.case and told.at < read.invoked:
                late = [version for _, version in told.events if version not in shown]
                if late:
                    yield f"case {read.case}: a read misses {late}, answered before it began"


def _by_stream(events: Sequence[Entry]) -> Mapping[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for one in events:
        found[one.tenant, one.stream].append(one)
    return found


def _by_command(events: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in events:
        found[one.command].append(one)
    return found
