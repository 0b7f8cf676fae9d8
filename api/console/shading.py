"""Whether a batch reported now could be held on a day: the lead time of a place, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from api.console.openings import Startable, startable
from api.console.visit import Visit
from domain.law import jurisdiction
from domain.law.book import NoRule
from domain.law.clock import lead, working_days_left
from domain.law.explain import amount_text, explain
from domain.procedures.evaluation.batch.lead import LeadTime, lead_time
from domain.procedures.evaluation.batch.procedure import BATCH

Shade = Literal["past", "open", "late", "free", "unknown"]
SEARCHED: Final = 60  # days looked through for the first one that is in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Shading:
    """What may be said of one day."""

    day: date
    shade: Shade
    rule: LeadTime | None  # None where no text sets a lead time


@dataclass(frozen=True)
class Leads:
    """The lead times of one visitor's place and one kind of institution."""

    visit: Visit
    variant: str

    @property
    def place(self) -> str:
        """The visitor's jurisdiction; "" for none."""
        code = self.visit.actor.jurisdiction
        return code if jurisdiction.is_code(code) else ""

    def of(self, day: date) -> Shading:
        """Return whether a batch reported now could be held on `day`."""
        if day < self.visit.today:
            return Shading(day=day, shade="past", rule=None)
        world = self.visit.world
        found = (
            lead_time(world.book, world.calendar, self.place, self.variant, day)
            if self.place and self.variant
            else NoRule(key="batch.lead", jurisdiction=self.place, on=day)
        )
        if isinstance(found, NoRule):
            return Shading(day=day, shade="unknown", rule=None)
        if found is None:
            return Shading(day=day, shade="free", rule=None)
        in_time = self.visit.now < found.effective
        return Shading(day=day, shade="open" if in_time else "late", rule=found)

    def earliest(self) -> Shading | None:
        """Return the first day a batch reported now may be held on in time."""
        days = (self.visit.today + timedelta(days=n) for n in range(SEARCHED))
        return next((one for one in map(self.of, days) if one.shade == "open"), None)

    def rule_words(self, first: Shading) -> str:
        """Return the rule in one sentence, with what it means today."""
        visit, rule = self.visit, first.rule
        tr = visit.texts.tr
        if rule is None:
            return ""
        length = amount_text(rule.term, visit.lang)
        return tr(
            "考务计划须提前%(length)s报送。现在报送，最早可于%(day)s考试。",
            length=length,
            day=visit.words.day(first.day),
        )

    def sentence(self, one: Shading) -> str:
        """Return what may be said of one day."""
        tr, ntr, rule = self.visit.texts.tr, self.visit.texts.ntr, one.rule
        if rule is None:
            return {
                "past": tr("这一天已过。"),
                "free": tr("本地没有规定报送的提前量，考前均可报送。"),
                "unknown": tr("法规库中没有适用于您所在地的提前量。"),
            }.get(one.shade, "")
        last = self.visit.words.day(rule.last_day)
        if one.shade == "open":
            left = working_days_left(self.visit.now, rule.last_day, self.visit.calendar)
            if left == 0:
                return tr("最迟%(day)s 24:00 报送，就是今天。", day=last)
            return ntr("最迟%(day)s 24:00 报送，还有 %(n)s 个工作日。", left, day=last)
        if rule.blocks:
            return tr("最迟应于%(day)s 24:00 前报送，已经过了；没有正当理由不予通过。", day=last)
        return tr("最迟应于%(day)s 24:00 前报送，已经过了；现在报送将标为逾期。", day=last)

    def short(self, one: Shading) -> str:
        """Return the same in as few words as fit a cell."""
        tr = self.visit.texts.tr
        match one.shade:
            case "open":
                return tr("可报")
            case "late":
                return tr("已过报送期")
            case _:
                return ""

    def explained(self, one: Shading) -> str:
        """Return how the last day was counted."""
        if one.rule is None:
            return ""
        term, calendar = one.rule.term, self.visit.calendar
        return explain(term, lead(term, one.day, calendar), self.visit.lang)


def variants_here(visit: Visit) -> tuple[str, ...]:
    """Return the kinds of institutions of the visitor's place, the visitor's own first."""
    place = visit.actor.jurisdiction
    own = tuple(one.variant for one in reports(visit))
    here = (one for one in BATCH.variants if place and BATCH.misplaced(one, place) is None)
    return own or tuple(here)


def reports(visit: Visit) -> tuple[Startable, ...]:
    """Return how this visitor may report a batch."""
    return tuple(one for one in startable(visit.actor) if one.procedure.name == BATCH.name)
