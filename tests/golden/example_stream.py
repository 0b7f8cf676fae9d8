"""A filing with a rich past: what the golden stream was recorded from."""

from domain.case.envelope import Recorded
from tests.examples.filing import (
    CLERK,
    REVIEWER,
    acting,
    approved,
    assessed,
    listed,
    objected,
    resolved,
    submitted,
    supplied,
)
from tests.spec.driver import Office, Sent, given

SUSPENDED = {"key": "filing.acceptance", "reason": "疫情", "cite": "通知"}
EXTENDED = {"key": "filing.supplement", "amount": 2, "reason": "疫情", "cite": "通知"}
PAST: tuple[Sent, ...] = (
    submitted(kind="social_organisation"),
    acting("2024-04-26 18:00", CLERK, "case.assign", to="p-clerk"),
    acting("2024-04-26 18:05", CLERK, "case.note", text="电话核实"),
    listed(working_days=5, service="mail"),
    acting(
        "2024-05-06 10:00", CLERK, "notice.serve",
        notice="n-1", method="mail", at="2024-05-06T09:00:00+08:00", proof="EMS",
    ),
    acting("2024-05-06 11:00", REVIEWER, "deadline.extend", **EXTENDED),
    supplied("2024-05-07 09:00", "premises"),
    supplied("2024-05-08 09:00", "staff"),
    acting("2024-05-09 09:00", REVIEWER, "deadline.suspend", **SUSPENDED),
    acting("2024-05-13 09:00", REVIEWER, "deadline.resume", key="filing.acceptance"),
    acting("2024-05-14 09:00", CLERK, "accept"),
    assessed("2024-05-15 09:00"),
    acting("2024-05-16 09:00", CLERK, "publish_notice", working_days=5),
    objected("2024-05-17 09:00"),
    resolved("2024-05-20 09:00"),
    approved("2024-05-24 09:00"),
)  # fmt: skip


def recorded_example() -> list[Recorded]:
    """Return the events of the example, as stored."""
    office = Office()
    given(*PAST, office=office)
    return office.streams["a"]
