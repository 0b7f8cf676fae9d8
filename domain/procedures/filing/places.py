"""Places and codes: what a filing takes from the registers, and how institution codes are made."""

import re

from domain.case.decision import Claim, FactKey
from domain.case.numbers import SERIES
from domain.procedures.filing.values import Institution, ScopeItem

PLACE = "filing.place"  # a social organisation's place for an occupation and job at a node
INSTITUTION = "institution"  # what the register knows of an institution
OCCUPATION = "occupation"
_CODE = re.compile(r"(?P<letter>[A-Z])0000(?P<province>\d{2})(?P<n>\d{6})")
_OWN = frozenset(
    ("enterprise", "school", "technical_college")
)  # serve their own unless they say so


def place_key(jurisdiction: str, item: ScopeItem) -> FactKey:
    """Return the fact key of the places for an occupation and job at exactly this node."""
    return FactKey(PLACE, f"{jurisdiction}:{item.occupation_code}:{item.job}")


def code_letter(institution: Institution) -> str:
    """Return the letter of an institution's code: Y for its own people, S for the public."""
    serves = institution.serves or ("own" if institution.type in _OWN else "public")
    return "Y" if serves == "own" else "S"


def code_series(letter: str, province: str) -> str:
    """Return the key of the series of institution codes of a province and letter."""
    return f"institution:{province}:{letter}"


def institution_code(letter: str, province: str, n: int) -> str:
    """Return an institution code of 13 characters: letter, ministry, province, serial number.

    Cite: RSJ-2019-2 二(一), 二(二), 二(三), 二(四).
    """
    return f"{letter}0000{province}{n:06d}"


def held_places(
    jurisdiction: str, institution: Institution, scope: tuple[ScopeItem, ...]
) -> tuple[Claim, ...]:
    """Return the places a filed social organisation holds, one for each occupation and job."""
    keys = dict.fromkeys(place_key(jurisdiction, item) for item in scope)
    return tuple(
        Claim(
            kind=key.kind, key=key.key, holder=institution.uscc, data={"holder": institution.uscc}
        )
        for key in keys
    )


def taken_code(code: str) -> tuple[Claim, ...]:
    """Return the claim on an institution code; none where it is not of our making."""
    found = _CODE.fullmatch(code)
    if found is None:
        return ()
    series = code_series(found["letter"], found["province"])
    return (Claim(kind=SERIES, key=series, holder=code, ordinal=int(found["n"])),)
