"""The executable definition: what a diagram without faults means, ready to be played.

Nodes and flows are named by their BPMN id, which is unique in a file. Everything is frozen;
conditions are compiled once, when the definition is assembled.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from domain.kernel.errors import UnknownNameError
from domain.process.dmn.model import Decision
from domain.process.feel import Expression
from domain.process.layout import Layout
from domain.process.timers import TimerSpec

NodeKind = Literal[
    "start", "end", "catch", "throw", "boundary",
    "task", "user", "manual", "service", "rule", "send", "receive",
    "exclusive", "parallel", "inclusive", "complex", "event_gateway",
    "subprocess", "event_subprocess", "call",
]  # fmt: skip
Trigger = Literal[
    "none", "message", "timer", "error", "terminate", "signal", "escalation", "link", "conditional",
    "compensate", "cancel", "multiple",
]  # fmt: skip
Holder = Literal["authority", "applicant", "public"]

TASKS: frozenset[NodeKind] = frozenset(
    ("task", "user", "manual", "service", "rule", "send", "receive")
)
ACTIVITIES: frozenset[NodeKind] = TASKS | {"subprocess", "event_subprocess", "call"}
AUTOMATIC: frozenset[NodeKind] = frozenset(
    ("service", "rule", "send", "task")
)  # nobody is waited for


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition` is None where a token may always pass."""

    id: str
    source: str
    target: str
    line: int
    name: str = ""
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for or throws.

    `ref` is the id of the message or signal, the id of the event where a throwing link goes on, the
    code of the error or escalation (None stands for any code), or the activity to compensate (None
    stands for all that completed).
    """

    trigger: Trigger = "none"
    ref: str | None = None
    timer: TimerSpec | None = None
    condition: Expression | None = None
    waits: bool = True  # compensation: whoever throws it goes on only when it is done
    several: "tuple[Event, ...]" = ()  # `multiple`: its parts
    every: bool = False  # `multiple`: catches only when every part has happened

    @property
    def parts(self) -> "tuple[Event, ...]":
        """The parts of a multiple event, or the event itself."""
        return self.several or (self,)

    def has(self, trigger: Trigger) -> bool:
        """Whether the event, or a part of it, has that trigger."""
        return any(part.trigger == trigger for part in self.parts)


@dataclass(frozen=True, slots=True)
class TaskMark:
    """`<anjuan:task>`: who does a task, with which form, by which commands."""

    role: str | None = None  # "center.*"
    form: str | None = None  # "filing.examine"
    commands: tuple[str, ...] = ()
    holder: Holder | None = None  # whose time runs while the task is open


@dataclass(frozen=True, slots=True)
class Assign:
    """`<anjuan:assign>`: a variable set when the task completes."""

    target: str
    value: Expression


FieldKind = Literal["text", "integer", "number", "boolean", "date", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """`<anjuan:field>`: an entry of the form of a user task in a plain process."""

    name: str  # the variable it sets
    kind: FieldKind = "text"
    label: str = ""
    required: bool = False
    options: tuple[str, ...] = ()  # of a choice


@dataclass(frozen=True, slots=True)
class Output:
    """`<anjuan:output>`: a variable set from the reply to a call."""

    target: str
    pointer: str  # into the reply's JSON (RFC 6901)


@dataclass(frozen=True, slots=True)
class Call:
    """`<anjuan:call>`, `<anjuan:input>`, `<anjuan:output>`: work that is done by a web service."""

    endpoint: str = "default"  # the tenant's: its secret signs, its address is called
    url: str = ""  # called instead of the endpoint's own address
    inputs: tuple[Assign, ...] = ()
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionCall:
    """`<anjuan:decision>`: the table a rule task asks, and the variable that takes its answer."""

    ref: str
    result: str


@dataclass(frozen=True, slots=True)
class Loop:
    """A standard loop (`condition`, `test_before`, `maximum`) or a multi-instance (all others)."""

    kind: Literal["standard", "sequential", "parallel"]
    condition: Expression | None = None  # go on while true; multi-instance: end the rest when true
    test_before: bool = False
    maximum: Expression | None = None
    cardinality: Expression | None = None
    collection: str | None = None  # the variable that holds the list
    item: str | None = None  # the name of its element inside the instance
    throws: Event | None = None  # what instances that complete throw to the activity's boundary
    throws_once: bool = False  # only the first that completes throws it


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A flow node with everything the game, the console and the case need to know about it."""

    id: str
    kind: NodeKind
    body: str  # id of the process or sub-process it lies in
    line: int
    name: str = ""
    documentation: str | None = None
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()  # in the order in which they are tried
    default: str | None = None
    event: Event = field(default_factory=Event)
    attached_to: str | None = None  # boundary events: the activity they guard
    interrupting: bool = True
    instantiates: bool = False  # receive tasks and event gateways that start a process
    called: str | None = None  # call activities: id of the process
    transaction: bool = False  # a sub-process that may be cancelled
    compensates: str | None = None  # compensation boundary events: the activity that undoes it
    undoing: bool = False  # activities for compensation: no flow leads to them
    start_quantity: int = 1  # tokens an activity waits for before it begins
    completion_quantity: int = 1  # tokens that leave an activity when it completes
    activation: Expression | None = None  # complex gateways: when the tokens that came suffice
    loop: Loop | None = None
    assigns: tuple[Assign, ...] = ()
    task: TaskMark = field(default_factory=TaskMark)
    fields: tuple[Field, ...] = ()  # of a user task's form
    call: Call | None = None  # service and send tasks: the web service that does the work
    effect: str | None = None  # service and business-rule tasks: what the case does
    decision: DecisionCall | None = None  # business-rule tasks: the table that does their work
    deadline: str | None = None  # law key of a deadline without a drawn consequence
    no_deadline: str | None = None  # why no statutory deadline runs here
    cite: tuple[str, ...] = ()  # clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The inside of a process or sub-process: where it begins and what it holds."""

    id: str
    kind: Literal["process", "subprocess", "event_subprocess"]
    nodes: tuple[str, ...]
    flows: tuple[str, ...]
    begins: tuple[
        str, ...
    ]  # nodes that get a token: plain starts, else nodes without incoming flow
    triggered: tuple[str, ...]  # starts with a trigger and instantiating nodes
    handlers: tuple[str, ...]  # event sub-processes
    ad_hoc: "AdHoc | None" = None  # its activities run once each, in any order


@dataclass(frozen=True, slots=True)
class AdHoc:
    """How the activities of an ad-hoc sub-process run."""

    in_a_row: bool = False  # one at a time, else all at once
    until: Expression | None = None  # looked at whenever one of them completes
    cancel_rest: bool = True  # when `until` holds: stop those at work, else let them finish


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process of the file; its nodes are found in the definition."""

    id: str
    name: str
    line: int
    executable: bool
    documentation: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A message or signal of the file."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A diagram ready to be played, known for ever by the hash of its bytes."""

    hash: str  # "sha256:<64 hex digits>"
    file: str
    processes: Mapping[str, Process]
    bodies: Mapping[str, Body]  # processes, sub-processes and event sub-processes by id
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    messages: Mapping[str, Named] = field(default_factory=dict)
    signals: Mapping[str, Named] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)  # id → code
    escalations: Mapping[str, str] = field(default_factory=dict)  # id → code
    decisions: Mapping[str, Decision] = field(default_factory=dict)  # those its tasks may ask
    layout: Layout = field(default_factory=Layout)

    def node(self, element: str) -> Node:
        """Return the node with that id.

        Raises:
            UnknownNameError: the diagram has none.
        """
        try:
            return self.nodes[element]
        except KeyError:
            raise UnknownNameError(f"{self.file} has no element {element}") from None

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """The boundary events of each activity that has some, in the order of the file."""
        found: dict[str, tuple[Node, ...]] = {}
        for node in self.nodes.values():
            if node.attached_to is not None:
                found[node.attached_to] = (*found.get(node.attached_to, ()), node)
        return found

    @cached_property
    def following(self) -> Mapping[str, tuple[str, ...]]:
        """Where a token at each node may come to next: by a flow, a boundary event or a link."""
        found: dict[str, tuple[str, ...]] = {}
        for node in self.nodes.values():
            ways = [flow.target for flow in node.outgoing]
            ways += [guard.id for guard in self.boundaries.get(node.id, ())]
            if node.kind == "throw" and node.event.trigger == "link" and node.event.ref:
                ways.append(node.event.ref)
            found[node.id] = tuple(ways)
        return found

    @cached_property
    def preceding(self) -> Mapping[str, tuple[str, ...]]:
        """Where a token at each node may have come from: `following`, backwards."""
        found: dict[str, list[str]] = {}
        for source, targets in self.following.items():
            for target in targets:
                found.setdefault(target, []).append(source)
        return {target: tuple(sources) for target, sources in found.items()}

    def awaited(self, join: Node, came: AbstractSet[str]) -> AbstractSet[str]:
        """The nodes from which a token is still awaited at a joining inclusive gateway.

        From there a way leads to a flow into the gateway on which no token has `come`, none to one
        on which a token has, and neither passes the gateway: the standard's rule. Who could come
        by either is not awaited, else two that wait for each other would wait for ever.
        """
        empty = [flow.source for flow in join.incoming if flow.id not in came]
        full = [flow.source for flow in join.incoming if flow.id in came]
        return self._before(empty, join.id) - self._before(full, join.id)

    def _before(self, ends: list[str], without: str) -> set[str]:
        seen: set[str] = set()
        stack = ends
        while stack:
            element = stack.pop()
            if element not in seen and element != without:
                seen.add(element)
                stack += self.preceding.get(element, ())
        return seen

    @cached_property
    def conditional(self) -> bool:
        """Whether any event waits for a condition."""
        return any(node.event.has("conditional") for node in self.nodes.values())

    @cached_property
    def compensable(self) -> bool:
        """Whether anything can be compensated."""
        return any(node.event.has("compensate") for node in self.nodes.values())

    @cached_property
    def complex_gateways(self) -> bool:
        """Whether there is any complex gateway."""
        return any(node.kind == "complex" for node in self.nodes.values())

    def inside(self, activity: str) -> Body | None:
        """Return the body that a sub-process or call activity runs; None for a task."""
        return self.bodies.get(self.nodes[activity].called or activity)

    def message(self, name_or_id: str) -> str | None:
        """Return the id of the message with that id or name; None when the file has none."""
        return _find(self.messages, name_or_id)

    def signal(self, name_or_id: str) -> str | None:
        """Return the id of the signal with that id or name; None when the file has none."""
        return _find(self.signals, name_or_id)


def _find(named: Mapping[str, Named], name_or_id: str) -> str | None:
    if name_or_id in named:
        return name_or_id
    return next((one.id for one in named.values() if one.name == name_or_id), None)
