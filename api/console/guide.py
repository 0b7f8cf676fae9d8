"""The guide of the filing, made from the law book: steps, clocks, conditions, materials."""

from dataclasses import dataclass

from api.console.filing_draft import VARIANT
from api.console.visit import Visit
from domain.kernel.terms import Term
from domain.law.book import NoRule
from domain.law.explain import amount_text


@dataclass(frozen=True, slots=True)
class GuideStep:
    """A step of the procedure with its clock."""

    name: str
    words: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with its clause."""

    words: str
    cite: str


def _term(visit: Visit, key: str) -> Term | None:
    code = visit.actor.jurisdiction or "430000"
    found = visit.world.book.term(key, code, visit.today, VARIANT)
    return None if isinstance(found, NoRule) else found


def guide_steps(visit: Visit) -> tuple[GuideStep, ...]:
    """Return the steps with the terms in force today."""
    tr = visit.texts.tr
    acceptance, supplement = _term(visit, "filing.acceptance"), _term(visit, "filing.supplement")
    long = amount_text(acceptance, visit.lang) if acceptance else ""
    most = amount_text(supplement, visit.lang) if supplement else ""
    cites = (acceptance.cite if acceptance else "", supplement.cite if supplement else "")
    return (
        GuideStep(tr("提交申请"), tr("填写并上传材料，负责人签署承诺；当场得到收件回执。")),
        GuideStep(
            tr("受理"),
            tr("中心在%(long)s内受理、一次性告知补正或说明理由不予受理；逾期未作决定视为受理。",
               long=long),
            cites[0],
        ),
        GuideStep(
            tr("补正（如需要）"),
            tr("补正期限最长%(most)s，由中心确定；补齐之日视为收到申请之日，逾期不补视为放弃。",
               most=most),
            cites[1],
        ),
        GuideStep(tr("评估"), tr("专家书面或现场评估场地、设备、人员和制度；法规未定天数。")),
        GuideStep(tr("公示与备案"), tr("社会组织须公示；通过后发给机构代码和备案回执。")),
    )  # fmt: skip


def conditions(visit: Visit) -> tuple[Condition, ...]:
    """Return who may apply, as the law book has it today."""
    tr, book, on = visit.texts.tr, visit.world.book, visit.today
    code = visit.actor.jurisdiction
    most = book.quota("filing.occupations_per_organisation", code, on, VARIANT)
    places = book.quota("filing.organisations_per_occupation", code, on, VARIANT)
    open_to = book.rule("filing.categories_of_social_organisations", code, on, VARIANT)
    found = [Condition(tr("依法登记的企业、院校、社会组织等，向属地鉴定中心申报。"), "")]
    if not isinstance(most, NoRule):
        words = tr("社会组织申报的职业原则上不超过 %(n)s 个。", n=most.amount)
        found.append(Condition(words, most.cite))
    if not isinstance(places, NoRule):
        words = tr("贵属地同一职业原则上不超过 %(n)s 家社会组织，机考机构优先。", n=places.amount)
        found.append(Condition(words, places.cite))
    if not isinstance(open_to, NoRule):
        values = "、".join(open_to.values) if visit.lang == "zh" else ", ".join(open_to.values)
        words = tr("社会组织限第 %(values)s 大类中有标准或规范的技能类职业。", values=values)
        found.append(Condition(words, open_to.cite))
    return tuple(found)


def material_hints(visit: Visit) -> dict[str, str]:
    """Return what each material is, by code."""
    tr = visit.texts.tr
    return {
        "application": tr("按系统模板填写并盖章"),
        "registration": tr("营业执照、办学许可或社会团体登记证书"),
        "premises": tr("产权证明或租赁合同，附平面图"),
        "equipment": tr("按申报职业分别列出"),
        "staff": tr("考评、考务、内部督导人员及证书"),
        "rules": tr("考务、质量督导、档案、投诉处理等"),
    }
