"""The register of institutions (评价机构): known, filed, and what stands against them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json
from domain.kernel.events import event
from domain.kernel.limits import Between, Filled, Line, Word
from domain.law import jurisdiction as tree
from domain.law.occupations import OccupationCode

INSTITUTION = "institution"  # kind of the claims: key is the 统一社会信用代码

InstitutionType = Literal[
    "enterprise", "school", "technical_college", "social_organisation", "association", "agency"
]
INSTITUTION_TYPES: frozenset[str] = frozenset(get_args(InstitutionType))
Serves = Literal["own", "public"]
OWN, PUBLIC = "Y", "S"  # first letters of codes: evaluates its own people, or the public
_NOTHING = FactValue()
_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """An evaluation institution (评价机构) as it describes itself."""

    name: Annotated[str, Line(), Filled()]
    uscc: Annotated[str, Word(), Filled()]  # 统一社会信用代码
    type: InstitutionType
    serves: Serves | None = None  # its own people or the public; by type where not given
    address: Annotated[str, Line()] = ""
    principal: Annotated[str, Word()] = ""  # a person

    @property
    def serves_public(self) -> bool:
        """Whether it says of itself that it evaluates the public (面向社会)."""
        return self.serves == "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeItem:
    """An occupation, job and level (职业、工种、等级) to be evaluated."""

    occupation_code: Annotated[str, OccupationCode, Filled()]
    occupation: Annotated[str, Line()] = ""
    job: Annotated[str, Word()] = ""
    level: Annotated[int, Between(1, 5)]  # 5 is the lowest (初级工)
    ground: str = ""  # for an occupation of the licence directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A reason why an institution may not apply or evaluate (不得申报或暂停评价的情形)."""

    # offence, annual_inspection, illegal_organisation, abnormal_operations, bad_record …
    kind: Annotated[str, Word()]
    since: date | None = None  # for those that end after some years


@event("institution.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRegistered:
    """An institution stands in the register, filed or only known."""

    institution: Institution
    jurisdiction: str
    scope: tuple[ScopeItem, ...] = ()
    institution_code: str = ""  # empty: known, not filed
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the register: of a fixture, or of a filing that was approved."""

    institution: Institution
    jurisdiction: str
    scope: tuple[ScopeItem, ...] = ()
    institution_code: str = ""  # empty: known, not filed
    bars: tuple[Bar, ...] = ()
    case: str = ""  # the filing, where one stands behind it

    @property
    def public(self) -> bool:
        """Whether its code is that of a social organisation (社会培训评价组织).

        Cite: RSJ-2019-2 二(一).
        """
        return self.institution_code[:1] == PUBLIC

    def covers(self, occupation_code: str, level: int) -> bool:
        """Whether the filed scope has the occupation at that level."""
        return any(
            one.occupation_code == occupation_code and one.level == level for one in self.scope
        )


def is_credit_code(text: str) -> bool:
    """Whether a text has the form of a 统一社会信用代码; its check digit is not looked at."""
    return _CREDIT_CODE.fullmatch(text) is not None


def key(uscc: str) -> FactKey:
    """Return the fact key of all that the register knows of an institution."""
    return FactKey(INSTITUTION, uscc)


def claim(entry: Entry) -> Claim:
    """Return the claim by which an entry stands; the same filing's later entry replaces it."""
    uscc = entry.institution.uscc
    return Claim(kind=INSTITUTION, key=uscc, holder=entry.case or uscc, data=to_json(entry))


def removed(uscc: str, case: str) -> Claim:
    """Return the claim by which the entry of a filing is given back (退出、注销)."""
    return Claim(kind=INSTITUTION, key=uscc, holder=case or uscc, released=True)


def entries(facts: Facts, uscc: str) -> tuple[Entry, ...]:
    """Return what the register knows of an institution, oldest first."""
    return tuple(from_json(Entry, one) for one in facts.get(key(uscc), _NOTHING).items)


def filed(facts: Facts, uscc: str) -> tuple[Entry, ...]:
    """Return the entries that carry an institution code, newest first; none when it is not filed.

    One institution may have several: for its own people and for the public, in several provinces.

    Cite: RSJ-2019-2 二(一), 四(三).
    """
    return tuple(one for one in reversed(entries(facts, uscc)) if one.institution_code)


def filed_at(facts: Facts, uscc: str, node: str) -> tuple[Entry, ...]:
    """Return the entries that exactly this office has filed, newest first."""
    return tuple(one for one in filed(facts, uscc) if one.jurisdiction == node)


def filed_with(facts: Facts, uscc: str, node: str) -> tuple[Entry, ...]:
    """Return the entries that an office, or one below it, has filed, newest first.

    What provinces filed is not the ministry's.

    Cite: RSJ-2019-3 三.
    """
    if node == tree.COUNTRY:
        return filed_at(facts, uscc, node)
    return tuple(one for one in filed(facts, uscc) if tree.contains(node, one.jurisdiction))


def filed_for(facts: Facts, uscc: str, node: str) -> tuple[Entry, ...]:
    """Return the entries by which an institution may evaluate at a place, newest first.

    They are those of its province. A national employer's own, with the ministry, is none of them:
    each province files its branch there and gives it a code.

    Cite: RSJ-2019-2 四(三); RS-2021-57A 一(十)5.
    """
    own = tree.province(node)
    return tuple(one for one in filed(facts, uscc) if tree.province(one.jurisdiction) == own)


def known_name(facts: Facts, uscc: str) -> str:
    """Return the newest name the register has; "" for an institution nobody registered."""
    found = entries(facts, uscc)
    return found[-1].institution.name if found else ""


def bars(facts: Facts, uscc: str) -> tuple[Bar, ...]:
    """Return what stands against an institution, whether it still counts or not."""
    return tuple(bar for entry in entries(facts, uscc) for bar in entry.bars)
