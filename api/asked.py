"""One request of an identified caller: what handlers and answers need to know about it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from api.auth import Caller, Listener, Performer, Reader, Starter
from api.language import Spoken
from api.problems import ProblemError
from api.services import Services, TheServices
from domain.case.access import viewer
from domain.case.actor import Actor
from domain.case.state import Case
from domain.kernel.errors import Language
from domain.ports import Viewer, World


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks, in which language, of which services. Law time is read once."""

    request: Request
    found: Services
    caller: Caller
    language: Language

    @property
    def tenant(self) -> str:
        """The only tenant the caller can see."""
        return self.caller.tenant

    @property
    def actor(self) -> Actor:
        """As whom the caller asks."""
        return self.caller.actor

    @cached_property
    def now(self) -> datetime:
        """The tenant's law time when first asked for; blocks."""
        return self.found.now(self.tenant)

    @cached_property
    def world(self) -> World:
        """Diagrams, law and the tenant's calendar; blocks."""
        return self.found.world(self.tenant)

    @property
    def viewer(self) -> Viewer:
        """What lists may show the caller."""
        return viewer(self.actor)

    def case(self, id_or_number: str) -> Case:
        """Return the case; blocks.

        Raises:
            ProblemError: `case.not_found`, also where the caller may not know of it.
        """
        case = self.found.visible_case(self.tenant, self.actor, id_or_number)
        if case is None:
            raise ProblemError("case.not_found")
        return case


async def reading(request: Request, caller: Reader, language: Spoken, found: TheServices) -> Asked:
    """Return a request of somebody who may read."""
    return Asked(request=request, found=found, caller=caller, language=language)


async def starting(
    request: Request, caller: Starter, language: Spoken, found: TheServices
) -> Asked:
    """Return a request of somebody who may open cases."""
    return Asked(request=request, found=found, caller=caller, language=language)


async def performing(
    request: Request, caller: Performer, language: Spoken, found: TheServices
) -> Asked:
    """Return a request of somebody who may act in cases."""
    return Asked(request=request, found=found, caller=caller, language=language)


async def listening(
    request: Request, caller: Listener, language: Spoken, found: TheServices
) -> Asked:
    """Return a request of somebody who may read the feed."""
    return Asked(request=request, found=found, caller=caller, language=language)


ToRead = Annotated[Asked, Depends(reading)]
ToStart = Annotated[Asked, Depends(starting)]
ToAct = Annotated[Asked, Depends(performing)]
ToListen = Annotated[Asked, Depends(listening)]
