"""Which of the materials a text lists did not come with an application: for the center to see.

The lists are open ones (包括但不限于) and nothing is turned away for them.
"""

from domain.case.procedure import Situation
from domain.procedures.filing.commands import SubmitFiling
from domain.procedures.filing.rules import applicants_kind, rule


def lacking(payload: SubmitFiling, situation: Situation) -> tuple[str, ...]:
    """Return the codes of the listed materials that were not handed in, in the text's order.

    Cite: RS-2021-57A 一(八), 二(八).
    """
    listed = rule(situation, "filing.materials", applicants_kind(situation, payload.institution))
    given = {one.code for one in payload.materials}
    return tuple(one for one in (listed.values if listed else ()) if one not in given)
