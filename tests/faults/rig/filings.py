"""What the clients say: a Hunan filing from application to receipt."""

import contextlib
from collections.abc import Mapping
from random import Random

from tests.faults.rig.history import Told
from tests.faults.rig.office import ACTORS, NO_ANSWER, SCHOOLS, Office

SCOPE = [{"occupation_code": "6-18-01-01", "occupation": "车工", "job": "数控车工", "level": 4}]
MATERIALS = [
    {"code": code, "name": name, "digest": f"sha256:{number:064x}"}
    for number, (code, name) in enumerate(
        (("application", "备案申请表"), ("premises", "场地证明")), start=1
    )
]
ASSESSED = {
    "passed": True,
    "opinion": "设施设备与人员符合要求",
    "experts": ["p-expert-1", "p-expert-2"],
    "on_site": True,
}


def opening(*, by: str = "school", kind: str = "school") -> Mapping[str, object]:
    """Return the body of `POST /cases` for a complete Hunan filing of the school `by`."""
    filing = {
        "jurisdiction": "430100",
        "institution": {
            "name": ACTORS[by]["name"],
            "uscc": SCHOOLS[by],
            "type": kind,
            "serves": "public" if kind == "social_organisation" else "own",
            "address": "长沙市示例路1号",
            "principal": "p-principal",
        },
        "scope": SCOPE,
        "computerised": True,
        "materials": MATERIALS,
        "commitment": {"signed_by": "p-principal", "signed_at": "2024-03-04T09:00:00+08:00"},
    }
    return {
        "procedure": "filing",
        "variant": "hunan",
        "jurisdiction": "430100",
        "with": filing,
    }


def opened(office: Office, *, by: str = "school", kind: str = "school") -> str:
    """Open a filing and return the id of its case."""
    return office.done(by, "filing.submit", opening(by=by, kind=kind)).case


def whole(office: Office, chance: Random) -> list[Told]:
    """Take a filing from application to receipt, with remarks and reads in between."""
    told = [office.done("school", "filing.submit", opening())]
    case = told[0].case
    steps: list[tuple[str, str, Mapping[str, object]]] = [
        ("clerk", "filing.accept", {}),
        ("assessor", "filing.assess", ASSESSED),
        ("reviewer", "filing.approve", {}),
    ]
    for by, name, body in steps:
        _aside(office, chance, case)
        told.append(office.done(by, name, body, case))
    return told


def _aside(office: Office, chance: Random, case: str) -> None:
    """Leave a remark, insisting on it or not; look at the case, or not."""
    what = chance.random()
    if what < 0.4:
        act = office.act("clerk2", "case.note", {"text": f"remark {what}"}, case)
        office.insist(act) if what < 0.2 else office.send(act)
    elif what < 0.6:
        with contextlib.suppress(*NO_ANSWER):
            office.read(case)
