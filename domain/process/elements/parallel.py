"""Parallel gateway (并行网关): waits for a token on every way in, then takes every way out."""

from domain.process.machine import Machine, Token


def enter(machine: Machine, token: Token) -> None:
    """Join when a token has come by each incoming flow; conditions behind it are ignored."""
    node, scope = token.node, token.scope
    if token.flow is not None and len(node.incoming) > 1:
        came, wanted = machine.wait_to_join(token), [flow.id for flow in node.incoming]
        if not all(flow in came for flow in wanted):
            machine.say("waits", node.id)
            return
        machine.join(scope, node.id, wanted)
        machine.say("joined", node.id)
    for flow in node.outgoing:
        machine.go(scope, flow)
    joined = len(node.incoming) if token.flow is not None and node.incoming else 1
    machine.leave(scope, joined)
