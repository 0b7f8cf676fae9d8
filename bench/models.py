"""Filings as they are really recorded, one of each kind for each day of a month."""

from collections.abc import Callable
from datetime import datetime, timedelta

from activities.advance import Advance
from bench.direct import ASSESSED, Direct
from infra.parts import Parts
from infra.sandbox import PostgresSandbox
from tests.workflows.filing import ASSESSOR, CLERK, REVIEWER, SCHOOL, SUPPLEMENT

DAYS = 24  # on which applications came in, one after another
MORNING = datetime.fromisoformat("2024-04-01T09:00:00+08:00")
NOTICE = {"working_days": 5}
PAUSE = {"key": "filing.acceptance", "reason": "不可抗力", "cite": "通知"}

Story = Callable[[Direct], None]


def record(parts: Parts, sandbox: PostgresSandbox, tenant: str, days: int = DAYS) -> None:
    """Record the stories of each day; then the law time stands at the night after the last."""
    direct = Direct(parts, tenant)
    for day in range(days):
        sandbox.set_clock(tenant, MORNING + timedelta(days=day), frozen=True)
        _settle(direct.advance, sandbox, tenant)
        for story in STORIES:
            story(direct)
    sandbox.set_clock(tenant, MORNING + timedelta(days=days, hours=-8), frozen=True)


def _settle(advance: Advance, sandbox: PostgresSandbox, tenant: str) -> None:
    """Let the law act where a last day has ended, as the conductors would have."""
    for case in sandbox.unsettled(tenant):
        advance.advance(case, None)


def _received(direct: Direct) -> None:
    direct.act("filing.submit", SCHOOL, direct.application)


def _taken(direct: Direct) -> None:
    case = direct.act("filing.submit", SCHOOL, direct.application)
    direct.act("case.assign", CLERK, {"to": CLERK.person}, case)


def _asked(direct: Direct) -> None:
    case = direct.act("filing.submit", SCHOOL, direct.application)
    direct.act("filing.request_supplement", CLERK, SUPPLEMENT, case)
    direct.serve(case)


def _accepted(direct: Direct) -> None:
    case = direct.act("filing.submit", SCHOOL, direct.application)
    direct.act("filing.accept", CLERK, {}, case)
    direct.serve(case)


def _assessed(direct: Direct) -> None:
    case = direct.act("filing.submit", SCHOOL, direct.application)
    direct.act("filing.accept", CLERK, {}, case)
    direct.act("filing.assess", ASSESSOR, ASSESSED, case)
    direct.serve(case)


def _paused(direct: Direct) -> None:
    case = direct.act("filing.submit", SCHOOL, direct.application)
    direct.act("deadline.suspend", REVIEWER, PAUSE, case)


STORIES: tuple[Story, ...] = (_received, _taken, _asked, _accepted, _assessed, _paused)
