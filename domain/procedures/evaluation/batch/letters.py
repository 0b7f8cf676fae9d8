"""What the letters of a batch say: one sentence or list per event, in the words of the office."""

from domain.case.labels import label
from domain.case.procedure import Told
from domain.case.sheet import Rows, day_words
from domain.law import jurisdiction as tree
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch.facts import of
from domain.procedures.evaluation.batch.values import Kept

REMEDY = "对本通知有异议的，可以向作出本决定的鉴定中心陈述和申辩。"


def about(data: object) -> Rows:
    """Return what every letter of a batch says of its plan as filed."""
    batch = of(data)
    what = f"{batch.occupation_code} {batch.occupation}".strip()
    when = {day_words(one): None for one in (batch.starts_on, batch.ends_on) if one}
    site = batch.site
    where = " ".join(part for part in (site.name, site.place) if part) if site else ""
    return (
        ("评价职业和等级", f"{what} {batch.level}级"),
        ("评价时间", "至".join(when)),
        ("评价地点", where or batch.filed_address),
        ("参评人数", f"{len(batch.candidates)}人"),
    )


def told(event: object) -> Told:
    """Return what a letter says of `event`: paragraphs and lists; nothing of what it leaves out."""
    match event:
        case e.BatchApproved():
            return ("经审查，本批次考务计划予以通过，请按报备的时间、地点和人员组织实施。",)
        case e.BatchRejected():
            basis = tuple(event.legal_basis)
            return ("本批次考务计划不予通过。理由：", event.reasons, "依据：", basis, REMEDY)
        case e.BatchSiteCleared():
            return _cleared(event)
        case e.BatchSiteDenied(by=by, reasons=reasons):
            return (f"{_office(by)}对所申请的外部考点不予许可。理由：", reasons, REMEDY)
        case e.BatchResultsApproved(passed=passed):
            return (f"本批次评价结果审核通过，合格{passed}人，可以依法颁发职业技能等级证书。",)
        case e.BatchResultsReturned(reasons=reasons):
            return ("本批次评价结果退回，请更正后再次报送。理由：", reasons)
        case e.BatchArchived(kept=kept):
            return ("资料保管期限：", tuple(map(_kept, kept)))
        case _:
            return ()


def _cleared(event: e.BatchSiteCleared) -> Told:
    place = " ".join(one for one in (event.site.name, event.site.place) if one)
    offices = "、".join(map(_office, event.centers))
    supervisor = (
        (f"外部督导员由各中心协商委派：{event.external_supervisor}。",)
        if event.external_supervisor
        else ()
    )
    return (
        f"经{offices}许可，本批次评价可以在下列外部考点开展，许可仅限本次：",
        (place,),
        *supervisor,
    )


def _office(code: str) -> str:
    return f"{tree.name(code) or code}鉴定中心"


def _kept(kept: Kept) -> str:
    name = label("material", kept.kind, "zh")
    return f"{name}：{'永久' if kept.last_day is None else f'至{day_words(kept.last_day)}'}"
