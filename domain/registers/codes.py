"""Institution codes (机构代码): how they are made, their series, and those never given again."""

import re
from dataclasses import dataclass
from datetime import date

from domain.case.decision import Claim, FactKey
from domain.case.numbers import SERIES
from domain.kernel.codec import to_json
from domain.registers.institutions import OWN, PUBLIC, Institution

MINISTRY = "institution:ministry"  # series of the codes the ministry gives to its employers
RETIRED = "retired_code"  # the pool (废置库); key and holder are the code
_CODE = re.compile(r"(?P<letter>[A-Z])(?P<ministry>\d{4})(?P<province>\d{2})(?P<n>\d{6})")
_OWN = frozenset(
    ("enterprise", "school", "technical_college")
)  # serve their own unless they say so


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """A code in the pool of those that are never given again (废置库).

    Cite: RSJ-2019-2 四(一).
    """

    uscc: str
    since: date
    reason: str


def code_letter(institution: Institution) -> str:
    """Return the letter of an institution's code: Y for its own people, S for the public."""
    serves = institution.serves or ("own" if institution.type in _OWN else "public")
    return OWN if serves == "own" else PUBLIC


def code_series(letter: str, province: str) -> str:
    """Return the key of the series of institution codes of a province and letter."""
    return f"institution:{province}:{letter}"


def institution_code(letter: str, province: str, n: int, ministry: int = 0) -> str:
    """Return an institution code of 13 characters: letter, ministry, province, serial number.

    `ministry` is 0 for those who filed with a province first.

    Cite: RSJ-2019-2 二(一), 二(二), 二(三), 二(四).
    """
    return f"{letter}{ministry:04d}{province}{n:06d}"


def employer_code(ministry: int) -> str:
    """Return the code of a national employer as a whole: its branches add province and serial.

    Cite: RSJ-2019-2 二(二).
    """
    return institution_code(OWN, "00", 0, ministry)


def branch_code(employer: str, province: str, n: int) -> str:
    """Return the code of a branch: its employer's letter and number, its province's serial.

    Raises:
        ValueError: `employer` is no code of an institution.

    Cite: RSJ-2019-2 二(三), 二(四).
    """
    found = _CODE.fullmatch(employer)
    if found is None:
        raise ValueError(f"{employer!r} is no code of an employer")
    return institution_code(found["letter"], province, n, int(found["ministry"]))


def is_employers(code: str) -> bool:
    """Whether a code is that of a national employer as a whole."""
    found = _CODE.fullmatch(code)
    return found is not None and (found["province"], int(found["n"])) == ("00", 0)


def taken_code(code: str) -> tuple[Claim, ...]:
    """Return the claim on an institution code: on the ministry's number, else on the province's.

    None where it is not of our making.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        return ()
    if number := int(found["ministry"]):
        return (Claim(kind=SERIES, key=MINISTRY, holder=found["ministry"], ordinal=number),)
    return taken_serial(code)


def taken_serial(code: str) -> tuple[Claim, ...]:
    """Return the claim on the serial number of a code in the series of its province."""
    found = _CODE.fullmatch(code)
    if found is None:
        return ()
    series = code_series(found["letter"], found["province"])
    return (Claim(kind=SERIES, key=series, holder=code, ordinal=int(found["n"])),)


def retired_key(code: str) -> FactKey:
    """Return the fact key that tells whether a code lies in the pool."""
    return FactKey(RETIRED, code)


def retired(code: str, entry: Retired) -> Claim:
    """Return the claim by which a code lies in the pool, for ever."""
    return Claim(kind=RETIRED, key=code, holder=code, data=to_json(entry))
