"""An append in the making: each event is folded as it is added, so the next step sees it."""

from datetime import datetime

from domain.case.actor import Actor
from domain.case.command import Command, Work
from domain.case.envelope import Fact, Meta
from domain.case.evolve import evolve
from domain.case.state import Case
from domain.kernel.errors import StreamBrokenError


class Draft:
    """The facts decided so far and the case they make."""

    def __init__(self, case: Case | None, work: Work, actor: Actor, at: datetime) -> None:
        self.facts: list[Fact] = []
        self.at = at  # the effective instant of all of them
        self._case, self._work, self._actor = case, work, actor

    @property
    def case(self) -> Case:
        """The case as it is now.

        Raises:
            StreamBrokenError: it has not been opened.
        """
        if self._case is None:
            raise StreamBrokenError("the case has not been opened")
        return self._case

    def add(self, event: object, cite: str = "", actor: Actor | None = None) -> None:
        """Append an event by `actor`, else by who acts here, on the ground of `cite`."""
        fact = Fact(event=event, actor=actor or self._actor, effective_at=self.at, cite=cite)
        version = self._case.version + 1 if self._case is not None else 1
        self._case = evolve(self._case, event, self._meta(fact), version)
        self.facts.append(fact)

    def _meta(self, fact: Fact) -> Meta:
        work = self._work
        if isinstance(work, Command):
            channel, cause, received = work.channel, work.name, work.received_at
        else:
            channel, cause, received = "law", "deadline.lapse", work.effective
        return Meta(
            case=work.case_id,
            actor=fact.actor,
            channel=channel,
            command=work.id,
            cause=cause,
            cite=fact.cite,
            received_at=received,
            effective_at=fact.effective_at,
            wall=received,
        )
