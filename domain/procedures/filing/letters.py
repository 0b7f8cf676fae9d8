"""What the letters of a filing say: one sentence or list per event, in the words of the office."""

from domain.case.labels import label
from domain.case.procedure import Told
from domain.procedures.filing.events import (
    DirectoryPublished,
    FilingAccepted,
    FilingApproved,
    FilingBranchesReferred,
    FilingBranchFiled,
    FilingDeclined,
    FilingNotAccepted,
    FilingObjectionResolved,
    FilingSupplementRequested,
)
from domain.registers.institutions import ScopeItem

# RS-2021-57A 一(十五), 二(十一) give the right to be heard; of any other way no text here speaks.
REMEDY = "对本通知有异议的，可以向作出本通知的机关陈述；法律另有救济途径的，从其规定。"


def told(event: object) -> Told:
    """Return what a letter says of `event`: paragraphs and lists; nothing of what it leaves out."""
    match event:
        case FilingSupplementRequested(missing=missing, working_days=days):
            listed = tuple(f"{_material(one.material)}：{one.reason}" for one in missing)
            return (
                "经审查，申请材料不齐全或者不符合要求，需要补正的全部内容一次性告知如下：",
                listed,
                f"补正期限为{days}个工作日，自本通知送达的次日起计算。",
            )
        case FilingAccepted():
            return ("申请材料齐全，符合要求，予以受理。",)
        case FilingNotAccepted() | FilingDeclined():
            return ("理由：", event.reasons, "依据：", event.legal_basis, REMEDY)
        case FilingObjectionResolved(upheld=True, reason=reason):
            return ("公示期间收到异议，经核实成立，不予备案。理由：", (reason,), REMEDY)
        case FilingApproved(institution_code=code, receipt_number=receipt):
            return (f"准予备案。评价机构代码：{code}。", f"备案回执编号：{receipt}。")
        case DirectoryPublished(scope=scope):
            return ("备案范围：", tuple(map(_scope, scope)))
        case _:
            return _of_branches(event)


def _of_branches(event: object) -> Told:
    match event:
        case FilingBranchesReferred(scope=scope, branches=branches):
            return (
                "备案范围：",
                tuple(map(_scope, scope)),
                "下列分支机构由所在地省级部门评审、赋码并出具回执后，统一公布：",
                tuple(f"{one.name}（{one.uscc}）" for one in branches),
            )
        case FilingBranchFiled():
            return _branch(event)
        case _:
            return ()


def _branch(filed: FilingBranchFiled) -> Told:
    its = f"{filed.branch.name}（{filed.branch.uscc}）"
    if not filed.passed:
        return (f"经技术评审，分支机构{its}不予备案。理由：", (filed.assessment,), REMEDY)
    return (
        f"准予分支机构{its}备案。评价机构代码：{filed.institution_code}。",
        f"分支机构备案回执编号：{filed.receipt_number}。",
    )


def _material(code: str) -> str:
    return label("material", code, "zh")


def _scope(item: ScopeItem) -> str:
    named = (item.occupation_code, item.occupation, item.job)
    return f"{' '.join(part for part in named if part)} {item.level}级"
