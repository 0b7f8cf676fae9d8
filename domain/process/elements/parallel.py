"""Parallel gateway (并行网关): waits for a token on every way in, then takes every way out."""

from domain.process.machine import Machine, Token


def enter(machine: Machine, token: Token) -> None:
    """Join when a token has come by each incoming flow; conditions behind it are ignored."""
    node, scope = token.node, token.scope
    if token.flow is not None and len(node.incoming) > 1:
        came = machine.joins.setdefault((scope, node.id), [])
        came.append(token.flow)
        if not all(flow.id in came for flow in node.incoming):
            machine.say("waits", node.id)
            return
        for flow in node.incoming:
            came.remove(flow.id)
        machine.say("joined", node.id)
    for flow in node.outgoing:
        machine.go(scope, flow)
    joined = len(node.incoming) if token.flow is not None and node.incoming else 1
    machine.leave(scope, joined)
