"""What the letters of a change say: one sentence or list per event."""

from domain.case.labels import label
from domain.case.procedure import Told
from domain.procedures.filing.events import DirectoryPublished
from domain.procedures.filing_change.events import ChangeApproved, ChangeDeclined
from domain.registers.directory import CodeRetired, DirectoryRemoved
from domain.registers.institutions import ScopeItem


def told(event: object) -> Told:
    """Return what a letter says of `event`: paragraphs and lists; nothing of what it leaves out."""
    match event:
        case ChangeApproved(kind=kind, receipt_number=receipt):
            what = label("choice", f"change.request.kind.{kind}", "zh")
            return (f"准予变更：{what}。回执编号：{receipt}。",)
        case ChangeDeclined(reasons=reasons, legal_basis=basis):
            return ("不予变更。理由：", reasons, "依据：", basis)
        case CodeRetired(institution_code=code):
            return (f"评价机构代码 {code} 自即日起作废，列入废置库，不再赋予其他机构。",)
        case DirectoryRemoved(institution=its):
            return (f"注销{its.name}的机构信息；已产生的证书数据，复核、更正和撤销的责任不变。",)
        case DirectoryPublished(institution_code=code, scope=scope):
            return (f"机构代码：{code}。备案范围：", tuple(map(_scope, scope)))
        case _:
            return ()


def _scope(item: ScopeItem) -> str:
    named = (item.occupation_code, item.occupation, item.job)
    return f"{' '.join(part for part in named if part)} {item.level}级"
