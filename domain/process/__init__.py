"""Diagrams that execute: reading them, judging them, playing them. Pure; see `game` for the way in.

drawing     what a BPMN file says, element by element, without judging it
checks/     the rules a diagram must keep to be played, one file per family
soundness   what must also hold before anybody signs it: no deadlock, no doubled token …
model       the executable definition that `assemble` makes of a drawing without faults
feel/       the expression language of conditions
dmn/        decision tables, which do the work of business rule tasks
marking     where the tokens of a running process stand: plain data, kept in events
machine     moves tokens until all of them wait; `elements/` says what each kind of node does
game        the functions of one step: begin, complete, fire, deliver, fail, cancel_all
simulate    plays a diagram on a virtual clock (`anjuan process run`)
picture     draws it as SVG with its position
"""
