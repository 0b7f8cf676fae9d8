"""The public directory, read from the claims by which institutions are filed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from domain.case.decision import Claim
from domain.kernel.codec import from_json
from domain.kernel.events import decode
from domain.kernel.json import Json
from domain.kernel.times import legal_day
from domain.law.occupations import Occupations
from domain.registers.blocks import BLOCK, Block
from domain.registers.codes import RETIRED, Retired
from domain.registers.directory import DirectoryRemoved
from domain.registers.evaluation_specs import EVALUATION_SPEC
from domain.registers.institutions import INSTITUTION, Entry
from domain.registers.listing import (
    Listed,
    ListedOccupation,
    Listing,
    Measure,
    Wish,
    below,
    known_occupations,
)
from domain.registers.occupations import OCCUPATION, entered
from infra.db import ALL_EYES, of_tenant
from infra.event_store.rows import is_id
from infra.memory_store import MemoryStore

# Who is filed, in the order of codes, with the instant of filing – the end of the case behind it,
# else when the entry was made – and the blocks that stand.
LISTED = """
WITH page AS MATERIALIZED (
    SELECT c.tenant, c.key, c.position, c.data, c.data->>'institution_code' AS code
      FROM claims c
     WHERE c.tenant = %(tenant)s AND c.kind = 'institution' AND NOT c.released
       AND (c.data->>'institution_code') COLLATE "C" > %(after)s
       AND (%(code)s = '' OR c.data->>'institution_code' = %(code)s)
       AND strpos(lower(concat_ws(chr(10), c.data->'institution'->>'name',
                                  c.data->>'institution_code')), lower(%(text)s)) > 0
       AND starts_with(c.data->>'jurisdiction', %(below)s)
       AND ((%(occupation)s = '' AND %(level)s::int IS NULL) OR EXISTS (
               SELECT FROM json_array_elements(coalesce(c.data->'scope', '[]')) AS item
                WHERE (%(occupation)s = '' OR item->>'occupation_code' = %(occupation)s)
                  AND (%(level)s::int IS NULL OR (item->>'level')::int = %(level)s)))
     ORDER BY (c.data->>'institution_code') COLLATE "C" LIMIT %(limit)s
)
SELECT c.data, coalesce(f.ended_at, made.recorded_at) AS since, coalesce((
           SELECT json_agg(b.data ORDER BY b.position) FROM claims b
            WHERE b.tenant = c.tenant AND b.kind = 'block' AND b.key = c.key
              AND NOT b.released), '[]') AS blocks
  FROM page c
  LEFT JOIN cases f
    ON f.tenant = c.tenant AND f.case_id = nullif(c.data->>'case', '')::uuid
  LEFT JOIN LATERAL (
       SELECT e.recorded_at
         FROM generate_series((SELECT epoch FROM store), 1, -1) AS at (epoch)
         JOIN events e ON e.epoch = at.epoch AND e.position = c.position
        WHERE e.tenant = c.tenant LIMIT 1) AS made ON true
 ORDER BY c.code COLLATE "C"
"""

# The law time of a tenant, if there is such a one.
NOW = "SELECT law_now(tenant) AS now FROM tenants WHERE tenant = %(tenant)s"

# A code in the pool of those never given again, with the event that took its holder out.
GONE = """
SELECT c.data, gone.schema, gone.data AS event
  FROM claims c
  LEFT JOIN LATERAL (
       SELECT e.stream, e.recorded_at
         FROM generate_series((SELECT epoch FROM store), 1, -1) AS at (epoch)
         JOIN events e ON e.epoch = at.epoch AND e.position = c.position
        WHERE e.tenant = c.tenant LIMIT 1) AS made ON true
  LEFT JOIN events gone
    ON gone.tenant = c.tenant AND gone.stream = made.stream AND gone.type = 'directory.removed'
   AND gone.data->>'institution_code' = c.key
 WHERE c.tenant = %(tenant)s AND c.kind = 'retired_code' AND c.key = %(code)s AND NOT c.released
 LIMIT 1
"""


# Occupations a tenant has entered, and those for which a spec is on file.
OCCUPATIONS = """
SELECT c.kind, c.key, (array_agg(c.data ORDER BY c.position DESC))[1] AS data FROM claims c
 WHERE c.tenant = %(tenant)s AND c.kind IN ('occupation', 'evaluation_spec') AND NOT c.released
 GROUP BY c.kind, c.key
"""


class PostgresDirectory:
    """The directory in PostgreSQL: each call is one transaction that sees one tenant."""

    def __init__(self, engine: Engine) -> None:
        """Read through `engine`."""
        self._engine = engine

    def listed(self, tenant: str, wish: Wish, after: str = "", limit: int = 50) -> Listed:
        """Return those on file that `wish` wants, after the code `after`."""
        with of_tenant(self._engine, tenant, ALL_EYES) as connection:
            rows = _rows(connection, LISTED, **_values(tenant, wish, after, limit + 1))
            clock = _rows(connection, NOW, tenant=tenant)
        return _page([_filed(row) for row in rows], limit, clock[0]["now"] if clock else None)

    def one(self, tenant: str, code: str) -> Listing | None:
        """Return who has this code, or had it; None when nobody ever did."""
        with of_tenant(self._engine, tenant, ALL_EYES) as connection:
            values = _values(tenant, Wish(), "", 1) | {"code": code}
            for row in _rows(connection, LISTED, **values) if code else ():
                return _filed(row)
            for row in _rows(connection, GONE, tenant=tenant, code=code):
                told = row["event"]
                event = decode("directory.removed", row["schema"], told) if told else None
                return _gone(code, row["data"], event)
        return None

    def occupations(self, tenant: str, shipped: Occupations) -> tuple[ListedOccupation, ...]:
        """Return the occupations entered here and those shipped, in the order of codes."""
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(connection, OCCUPATIONS, tenant=tenant)
        return _occupations(shipped, ((row["kind"], row["key"], row["data"]) for row in rows))


class MemoryDirectory:
    """The directory of a `MemoryStore`."""

    def __init__(self, store: MemoryStore) -> None:
        """Read what `store` holds."""
        self._store = store

    def listed(self, tenant: str, wish: Wish, after: str = "", limit: int = 50) -> Listed:
        """Return those on file that `wish` wants, after the code `after`."""
        found = (one for one in self._all(tenant) if one.institution_code > after)
        ordered = sorted(filter(wish.wants, found), key=lambda one: one.institution_code)
        tables = self._store.tables
        now = tables.law_now(tenant) if tenant in tables.tenants else None
        return _page(ordered[: limit + 1], limit, now)

    def one(self, tenant: str, code: str) -> Listing | None:
        """Return who has this code, or had it; None when nobody ever did."""
        for one in self._all(tenant):
            if one.institution_code == code:
                return one
        for claim, _ in self._claims(tenant, RETIRED):
            if claim.key == code:
                return _gone(code, claim.data, self._removal(tenant, code))
        return None

    def occupations(self, tenant: str, shipped: Occupations) -> tuple[ListedOccupation, ...]:
        """Return the occupations entered here and those shipped, in the order of codes."""
        claims = (
            (position, claim)
            for kind in (OCCUPATION, EVALUATION_SPEC)
            for claim, position in self._claims(tenant, kind)
        )
        ordered = sorted(claims, key=lambda one: one[0])
        return _occupations(shipped, ((one.kind, one.key, one.data) for _, one in ordered))

    def _all(self, tenant: str) -> Iterator[Listing]:
        tables = self._store.tables
        blocks = [claim for claim, _ in self._claims(tenant, BLOCK)]
        for claim, position in self._claims(tenant, INSTITUTION):
            entry = from_json(Entry, claim.data)
            case = tables.cases.get(entry.case) if is_id(entry.case) else None
            made = tables.events[position - 1].recorded_at
            since = case.ended_at if case is not None and case.ended_at is not None else made
            standing = [one.data for one in blocks if one.key == claim.key]
            if entry.institution_code:
                yield _listing(entry, since, standing)

    def _claims(self, tenant: str, kind: str) -> Iterator[tuple[Claim, int]]:
        for at, (claim, position) in list(self._store.tables.claims.items()):
            if at[:2] == (tenant, kind) and not claim.released:
                yield claim, position

    def _removal(self, tenant: str, code: str) -> object:
        for one in reversed(self._store.tables.events):
            if one.tenant == tenant and one.type == "directory.removed":
                event = decode(one.type, one.schema, one.data)
                if isinstance(event, DirectoryRemoved) and event.institution_code == code:
                    return event
        return None


def _values(tenant: str, wish: Wish, after: str, limit: int) -> dict[str, object]:
    return {
        "tenant": tenant,
        "after": after,
        "code": "",
        "text": wish.text,
        "below": below(wish.jurisdiction),
        "occupation": wish.occupation_code,
        "level": wish.level,
        "limit": limit,
    }


def _rows(connection: Connection, query: str, **values: object) -> list[Mapping[str, Any]]:
    return [dict(one) for one in connection.exec_driver_sql(query, values).mappings()]


def _page(found: list[Listing], limit: int, now: datetime | None) -> Listed:
    more = len(found) > limit
    return Listed(
        items=tuple(found[:limit]),
        next=found[limit - 1].institution_code if more else "",
        as_of=legal_day(now) if now is not None else None,
    )


def _filed(row: Mapping[str, Any]) -> Listing:
    return _listing(from_json(Entry, row["data"]), row["since"], row["blocks"])


def _listing(entry: Entry, since: datetime | None, blocks: list[Json]) -> Listing:
    its = entry.institution
    standing = (from_json(Block, one) for one in blocks)
    return Listing(
        institution_code=entry.institution_code,
        name=its.name,
        uscc=its.uscc,
        type=its.type,
        address=its.address,
        jurisdiction=entry.jurisdiction,
        scope=entry.scope,
        since=legal_day(since) if since is not None else None,
        measures=tuple(Measure(what=one.what, since=one.since, cite=one.cite) for one in standing),
    )


def _occupations(
    shipped: Occupations, claims: Iterable[tuple[str, str, Json]]
) -> tuple[ListedOccupation, ...]:
    read = list(claims)
    named = {key: entered(key, data) for kind, key, data in read if kind == OCCUPATION}
    specs = {key for kind, key, _ in read if kind == EVALUATION_SPEC}
    return known_occupations(shipped, named, specs)


def _gone(code: str, data: Json, event: object) -> Listing:
    retired = from_json(Retired, data)
    its = event.institution if isinstance(event, DirectoryRemoved) else None
    return Listing(
        institution_code=code,
        name=its.name if its else "",
        uscc=retired.uscc,
        type=its.type if its else "",
        address="",
        jurisdiction=event.jurisdiction if isinstance(event, DirectoryRemoved) else "",
        scope=(),
        since=None,
        removed=retired.since,
    )
