"""How commands reach the running servers; loads SQLAlchemy and Temporal, so import it late."""

from temporalio.client import Client
from temporalio.service import RPCError

from infra.cli._database import database_told
from infra.cli.exits import Exit, Stop
from infra.parts import Parts, make_parts
from infra.settings import Settings
from infra.temporal import connect

WITHIN = 5.0  # seconds for Temporal to answer


def reach_store(settings: Settings) -> Parts:
    """Return the adapters on the running database.

    Raises:
        Stop: it does not answer, or is not as this release needs it.
    """
    with database_told():
        return make_parts(settings)


async def reach_temporal(settings: Settings) -> Client:
    """Return a client of the running Temporal server.

    Raises:
        Stop: it does not answer.
    """
    try:
        return await connect(settings, within=WITHIN)
    except (RPCError, RuntimeError):
        raise Stop(
            Exit.TRY_LATER,
            "temporal.away",
            f"{settings.temporal_address} 的 Temporal 没有应答，请先运行 make up"
            "，或检查 TEMPORAL_ADDRESS"
            " · Temporal does not answer there: run make up, or check TEMPORAL_ADDRESS",
        ) from None
