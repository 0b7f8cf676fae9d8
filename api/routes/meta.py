"""What this installation is, and as whom the caller is seen."""

from fastapi import APIRouter

from api.auth import Reader
from api.envelope import API_VERSION
from api.schemas.meta import Meta
from api.services import TheServices
from domain.kernel.times import in_china

router = APIRouter(tags=["meta"])


@router.get("/meta", operation_id="readMeta")
def read_meta(caller: Reader, found: TheServices) -> Meta:
    """Answer versions, law time and identity: the first call of an integrator."""
    calendar = found.world(caller.tenant).calendar
    return Meta(
        product=found.site.version,
        api=API_VERSION,
        environment="sandbox" if found.site.sandbox else "production",
        tenant=caller.tenant,
        epoch=found.site.epoch,
        law_time=in_china(found.now(caller.tenant)),
        calendar=calendar.version,
        calendar_valid_through=calendar.valid_through.isoformat(),
        person=caller.actor.person,
        role=caller.actor.role,
        organisation=caller.actor.organisation,
        jurisdiction=caller.actor.jurisdiction,
        scopes=sorted(caller.account.scopes),
    )
