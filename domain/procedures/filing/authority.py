"""Who files where (属地): which office takes an application, which one no case may go to."""

from domain.case.procedure import Situation
from domain.kernel.errors import Refusal
from domain.law import jurisdiction as tree
from domain.procedures.filing.refusals import WrongAuthority
from domain.procedures.filing.rules import HUNAN, NATIONAL, SOCIAL, is_social_by_type
from domain.registers.institutions import Institution

_MINISTRY = "人力资源社会保障部"  # its center takes national employers
_CITE = {  # variant → the clause that says who receives
    HUNAN: "HN-2022-1 一(二)",  # 属地鉴定中心
    SOCIAL: "RS-2021-57A 二(三)",
    NATIONAL: "RS-2021-57A 一(三)",
}


def authority(institution: Institution, situation: Situation) -> Refusal | None:
    """Return the refusal of an office that is not the applicant's own.

    Cite: HN-2022-1 一(二); RS-2021-57A 一(三), 二(三).
    """
    node, home = situation.jurisdiction, situation.actor.jurisdiction
    if refusal := misplaced(situation.variant, node):
        return refusal
    strange = situation.variant == NATIONAL and is_social_by_type(situation, institution)
    if strange:
        return _refused(SOCIAL, node, named(home))
    if tree.is_code(home) and not (tree.contains(node, home) or tree.contains(home, node)):
        return _refused(situation.variant, node, named(home))
    return None


def misplaced(variant: str, node: str) -> Refusal | None:
    """Return the refusal of an office that takes no filing of the variant.

    Hunan's own notice replaces the national rules there; the country itself takes national
    employers only.

    Cite: HN-2022-1 一(二); RS-2021-57A 一(三), 二(三).
    """
    in_hunan, country = tree.contains(tree.HUNAN, node), node == tree.COUNTRY
    match variant:
        case "national_employer":
            return None if country else _refused(variant, node, _MINISTRY)
        case "social_organisation" if in_hunan:
            return _refused(HUNAN, node, f"{named(tree.HUNAN)}（hunan）")
        case "social_organisation":
            return _refused(variant, node, "所在地 · its own place") if country else None
        case _:
            return None if in_hunan else _refused(variant, node, named(tree.HUNAN))


def fitting(node: str, _kind: str) -> str:
    """Return the variant an office takes: Hunan's own, the country's, else the national rules'."""
    if tree.contains(tree.HUNAN, node):
        return HUNAN
    return NATIONAL if node == tree.COUNTRY else SOCIAL


def named(code: str) -> str:
    """Return what the authority of a node is called; its code where it has no name here."""
    return _MINISTRY if code == tree.COUNTRY else tree.name(code) or code


def _refused(variant: str, node: str, right: str) -> WrongAuthority:
    return WrongAuthority(jurisdiction=node, right=right, citation=_CITE[variant])
