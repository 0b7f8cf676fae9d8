"""What the letters of an evaluation spec say: one sentence or list per event."""

from domain.case.procedure import Told
from domain.procedures.registers.evaluation_spec.events import SpecDeclined, SpecFiled


def told(event: object) -> Told:
    """Return what a letter says of `event`: paragraphs and lists; nothing of what it leaves out."""
    match event:
        case SpecFiled(occupation_code=code):
            return (f"你单位报送的 {code} 评价规范准予备案，可以据此开展评价。",)
        case SpecDeclined(reasons=reasons, legal_basis=basis):
            return ("评价规范不予备案。理由：", reasons, "依据：", basis)
        case _:
            return ()
