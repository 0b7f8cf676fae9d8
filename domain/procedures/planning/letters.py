"""What the letters of an annual plan say: one sentence or list per event."""

from domain.case.procedure import Told
from domain.procedures.planning.events import PlanPublished, PlanReturned
from domain.registers.plans import PlanRow


def told(event: object) -> Told:
    """Return what a letter says of `event`: paragraphs and lists; nothing of what it leaves out."""
    match event:
        case PlanPublished(year=year, rows=rows, late=late):
            lines = (
                f"你单位{year}年度职业技能等级认定工作计划已备案并公布：",
                tuple(map(_row, rows)),
            )
            return (*lines, "该计划逾期报送。") if late else lines
        case PlanReturned(reasons=reasons):
            return ("年度计划退回修改，理由：", reasons, "请修改后在本案中以“调整计划”再次提交。")
        case _:
            return ()


def _row(row: PlanRow) -> str:
    named = (row.evaluation_period, row.occupation_code, row.occupation, row.job)
    return f"{' '.join(part for part in named if part)} {row.level}级，当月{row.times}次"
