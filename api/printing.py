"""Letters as PDF when somebody asks: as they were printed, else printed now and recorded."""

from starlette.concurrency import run_in_threadpool

from activities.notices import letter_of, printing, report
from api.services import Services
from domain.case.state import Case, Notice
from domain.ports import Stored


async def pdf_of(services: Services, tenant: str, case: Case, notice: Notice) -> bytes | None:
    """Return a letter's PDF; None while it is not rendered, or where no font can print it.

    A letter that came as HTML alone is printed with today's layout and recorded; it stays so.
    """
    if notice.printed:
        return await run_in_threadpool(services.files.get, notice.printed)
    if not notice.digest:
        return None
    made = await run_in_threadpool(_print, services, tenant, case, notice)
    if made is None:
        return None
    content, stored = made
    if stored is not None:
        await services.desk.submit(stored, case.procedure, services.site.patience)
    return content


def _print(
    services: Services, tenant: str, case: Case, notice: Notice
) -> tuple[bytes, Stored | None] | None:
    sheet = letter_of(services.cases, tenant, case, notice.id)
    told = printing(services.press, services.files, sheet)
    if told is None:
        return None
    key = f"{case.id}:notice.print:{notice.id}"
    command = report(
        services.store,
        tenant,
        key,
        {"notice": notice.id, "digest": notice.digest, "printed": told},
    )
    content = services.files.get(str(told["digest"])) or b""
    return content, services.store.stored(tenant, command)
