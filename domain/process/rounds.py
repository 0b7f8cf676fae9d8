"""Complex gateways in the net: when the tokens that came suffice, and what one round swallows.

A state names a way in that has given its token to the running round by `MARK` and the flow's id,
and a token that is about to arrive by `COMING` and the flow's id: tokens arrive one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from domain.process.elements.complex_gateway import COUNT
from domain.process.model import Definition, Node

MARK, COMING = "\0", "\1"  # stand in no id


def marked(gateway: Node, places: Sequence[str]) -> list[str]:
    """Return the ways into a gateway that have given their token to the running round."""
    return [flow.id for flow in gateway.incoming if MARK + flow.id in places]


def begin_round(gateway: Node, came: Iterable[str]) -> list[str]:
    """Return the marks of a gateway that goes on with the tokens that came."""
    return [MARK + flow for flow in came if len(gateway.incoming) > 1]


def suffice(gateway: Node, count: int) -> bool | None:
    """Whether so many tokens let a gateway go on; None where variables decide."""
    if gateway.activation is None:
        return count > 0
    if gateway.activation.names - {COUNT}:
        return None if count else False
    return count > 0 and gateway.activation.holds({COUNT: Decimal(count)})


def swallowed(
    definition: Definition,
    gateways: Iterable[Node],
    places: list[str],
    where: Mapping[str, str],
) -> list[str]:
    """Return a state after the running rounds have taken what came, and ended if nothing can come.

    `where` gives the node at which a token on a flow waits.
    """
    for gateway in gateways:
        used = marked(gateway, places)
        for flow in gateway.incoming:
            if used and flow.id in places and flow.id not in used:
                places.remove(flow.id)
                places.append(MARK + flow.id)
                used.append(flow.id)
        if used and not _reachable(definition, gateway, places, used, where):
            places = [one for one in places if one not in {MARK + flow for flow in used}]
    return places


def _reachable(
    definition: Definition,
    gateway: Node,
    places: list[str],
    used: list[str],
    where: Mapping[str, str],
) -> bool:
    if any(COMING + flow.id in places for flow in gateway.incoming if flow.id not in used):
        return True
    awaited = definition.awaited(gateway, frozenset(used))
    own = {flow.id for flow in gateway.incoming}
    elsewhere = (one for one in places if one not in own and not one.startswith(MARK))
    return any(where.get(one, one) in awaited for one in elsewhere)
