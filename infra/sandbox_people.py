"""Who may sign in to a sandbox: seeded actors with keys and logins. Production has none of them.

The keys of tenant `demo` are printed, documented and the same everywhere: `demo-<login>`. Only
hashes lie in the table. A tenant made on request gets keys of its own, told once.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from domain.case.actor import OPERATOR, Actor
from domain.kernel.canonical import canonical
from domain.kernel.codec import from_json, to_json
from infra.db import of_tenant
from infra.event_store.rows import Row

DEMO = "demo"
PORTAL = "portal"
CHANGSHA, ZHUZHOU, HUNAN, COUNTRY = "430100", "430200", "430000", "000000"

# Who holds a key; asked before any tenant is known.
BY_KEY = "SELECT tenant, login, name, actor FROM person_of_key(%(hash)s)"
# Who may sign in to a tenant, in the order they were made.
LOGINS = """
SELECT tenant, login, name, actor FROM people WHERE tenant = %(tenant)s ORDER BY number
"""
# Let somebody in; who is there already stays as is.
ADD = """
INSERT INTO people (tenant, login, name, key_hash, actor)
VALUES (%(tenant)s, %(login)s, %(name)s, %(hash)s, %(actor)s) ON CONFLICT (tenant, login) DO NOTHING
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a key or a login in one tenant."""

    tenant: str
    login: str
    title: str  # shown at sign-in
    actor: Actor

    @property
    def portal(self) -> bool:
        """Whether it is another portal, which acts for others."""
        return self.actor.role == PORTAL


def demo_key(login: str) -> str:
    """Return the documented API key of a login of tenant `demo`."""
    return f"{DEMO}-{login}"


def digest_of(key: str) -> str:
    """Return the sha256 of a key in hex: the only form in which it is kept or asked for."""
    return hashlib.sha256(key.encode()).hexdigest()


class SandboxPeople:
    """The accounts of all sandbox tenants."""

    def __init__(self, engine: Engine) -> None:
        """Read through `engine`."""
        self._engine = engine

    def by_key(self, digest: str) -> Person | None:
        """Return whose API key has this sha256 (hex)."""
        try:
            wanted = {"hash": bytes.fromhex(digest)}
        except ValueError:
            return None
        with self._engine.begin() as connection:
            row = connection.exec_driver_sql(BY_KEY, wanted).mappings().one_or_none()
        return None if row is None else _person(row)

    def by_login(self, tenant: str, login: str) -> Person | None:
        """Return the account with that login."""
        return next((one for one in self.logins(tenant) if one.login == login), None)

    def logins(self, tenant: str) -> tuple[Person, ...]:
        """Return the accounts of a tenant, in a fixed order."""
        with of_tenant(self._engine, tenant) as connection:
            rows = connection.exec_driver_sql(LOGINS, {"tenant": tenant}).mappings().all()
        return tuple(_person(row) for row in rows)

    def mandate(self, tenant: str, person: str, role: str, organisation: str) -> Actor | None:
        """Return as whom a portal then acts: in the sandbox for each institution's person there."""
        for one in self.logins(tenant):
            actor = one.actor
            if (actor.person, actor.role, actor.organisation) == (person, role, organisation):
                return actor if role.startswith("institution.") else None
        return None


def add_people(connection: Connection, tenant: str, actors: Mapping[str, Actor]) -> dict[str, str]:
    """Let `actors` (by login) into a tenant; return the key of each."""
    keys: dict[str, str] = {}
    for login, actor in actors.items():
        keys[login] = demo_key(login) if tenant == DEMO else secrets.token_urlsafe(24)
        row = {
            "tenant": tenant,
            "login": login,
            "name": title_of(actor),
            "hash": hashlib.sha256(keys[login].encode()).digest(),
            "actor": canonical(to_json(actor)).decode(),
        }
        connection.exec_driver_sql(ADD, row)
    return keys


def title_of(actor: Actor) -> str:
    """Return how an account is shown at sign-in: organisation · role."""
    role = ROLES.get(actor.role, actor.role)
    return f"{actor.name} · {role}" if actor.name else role


def _person(row: Row) -> Person:
    return Person(
        tenant=row["tenant"],
        login=row["login"],
        title=row["name"],
        actor=from_json(Actor, row["actor"]),
    )


def _center(login: str, role: str, name: str, jurisdiction: str) -> tuple[str, Actor]:
    person, organisation = f"p-{login}", f"center-{jurisdiction}"
    return login, Actor(
        person=person, role=role, organisation=organisation, jurisdiction=jurisdiction, name=name
    )


def _school(login: str, role: str, uscc: str, name: str, jurisdiction: str) -> tuple[str, Actor]:
    return login, Actor(
        person=f"p-{login}", role=role, organisation=uscc, jurisdiction=jurisdiction, name=name
    )


ROLES: Mapping[str, str] = {
    "institution.operator": "经办人",
    "institution.principal": "负责人",
    "exam.head": "考场负责人",
    "exam.staff": "考务人员",
    "center.clerk": "受理人员",
    "center.reviewer": "审核人员",
    "ministry.center": "部鉴定中心",
    "bureau.official": "人社部门",
    "operator": "运维人员",
    "portal": "外部系统",
    "public": "公众",
}
_SCHOOL = ("524300007QN1NLFJTT", "长沙甲培训学校")
_WORKS = ("52430000J3C7REKRDF", "株洲乙职业学校")

SEEDED: Mapping[str, Actor] = dict(
    (
        _school("operator", "institution.operator", *_SCHOOL, CHANGSHA),
        _school("principal", "institution.principal", *_SCHOOL, CHANGSHA),
        _center("clerk", "center.clerk", "长沙市鉴定中心", CHANGSHA),
        _center("reviewer", "center.reviewer", "长沙市鉴定中心", CHANGSHA),
        _center("reviewer-2", "center.reviewer", "长沙市鉴定中心", CHANGSHA),
        _school("zhuzhou-operator", "institution.operator", *_WORKS, ZHUZHOU),
        _school("zhuzhou-principal", "institution.principal", *_WORKS, ZHUZHOU),
        _center("zhuzhou-clerk", "center.clerk", "株洲市鉴定中心", ZHUZHOU),
        _center("zhuzhou-reviewer", "center.reviewer", "株洲市鉴定中心", ZHUZHOU),
        _center("zhuzhou-reviewer-2", "center.reviewer", "株洲市鉴定中心", ZHUZHOU),
        _center("province-reviewer", "center.reviewer", "湖南省鉴定中心", HUNAN),
        _school("exam-head", "exam.head", *_SCHOOL, CHANGSHA),
        _school("exam-staff", "exam.staff", *_SCHOOL, CHANGSHA),
        _center("ministry", "ministry.center", "人社部职业技能鉴定中心", COUNTRY),
        (PORTAL, Actor(person="p-portal", role=PORTAL, organisation="portal", name="示例门户")),
        ("public", Actor(person="p-public", role="public", name="")),
        ("admin", Actor(person="p-admin", role=OPERATOR, organisation="anjuan", name="案卷")),
    )
)
