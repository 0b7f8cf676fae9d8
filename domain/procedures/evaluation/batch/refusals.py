"""The named refusals of a batch, in the order of VOCABULARY §4, which is the order they win in."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnnualPlan(Refusal):
    """No annual plan of the year is filed and published."""

    code: ClassVar[str] = "batch.no_annual_plan"
    zh: ClassVar[str] = "{year} 年度计划尚未备案公布，依 {citation} 不予开展评价；请先报备年度计划"
    en: ClassVar[str] = "no annual plan for {year} is filed ({citation}); file it first"

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInPlan(Refusal):
    """The annual plan does not have this evaluation."""

    code: ClassVar[str] = "batch.not_in_plan"
    zh: ClassVar[str] = (
        "年度计划中没有 {month} 的 {occupation_code} {level}级（{citation}）；请先调整年度计划"
    )
    en: ClassVar[str] = (
        "the annual plan has no {occupation_code} level {level} in {month} ({citation});"
        " adjust it first"
    )

    occupation_code: str
    level: int
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfScope(Refusal):
    """The institution is not filed for the occupation and level (超备案范围)."""

    code: ClassVar[str] = "batch.out_of_scope"
    zh: ClassVar[str] = "{occupation_code} {level}级不在备案范围内；请先办理增量备案"
    en: ClassVar[str] = "{occupation_code} level {level} is outside the filed scope; file it first"

    occupation_code: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLate(Refusal):
    """The plan came late and no good reason is given (无故逾期申报)."""

    code: ClassVar[str] = "batch.too_late"
    zh: ClassVar[str] = "最迟应于 {last_day} 24:00 前报备，无故逾期，依 {citation} 不予通过"
    en: ClassVar[str] = (
        "it was due by 24:00 of {last_day} and gives no good reason; {citation} forbids approval"
    )
    recorded: ClassVar[bool] = True

    last_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalSupervisorMissing(Refusal):
    """Nobody supervises from inside (逢考必督)."""

    code: ClassVar[str] = "batch.internal_supervisor_missing"
    zh: ClassVar[str] = "没有委派内部督导员，依 {citation} 每次评价都须督导；请补充"
    en: ClassVar[str] = "no internal supervisor is named; every exam needs one ({citation})"
    payload_alone: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNotOwn(Refusal):
    """At an external site somebody is not of the institution's full-time people (非专职人员)."""

    code: ClassVar[str] = "batch.staff_not_own"
    zh: ClassVar[str] = (
        "外部考点的考务人员和内部督导员须为本机构专职人员（{citation}）：{people} 不是；请更换"
    )
    en: ClassVar[str] = (
        "at an external site staff and supervisor are the institution's own ({citation});"
        " {people} are not"
    )

    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TooFewAssessors(Refusal):
    """The group has fewer assessors than the texts want (考评组人数不足)."""

    code: ClassVar[str] = "batch.too_few_assessors"
    zh: ClassVar[str] = "考评组只有 {count} 人，依 {citation} 不少于 {least} 人；请补充"
    en: ClassVar[str] = "{count} assessors are too few, {citation} wants {least} a group"

    count: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal(Refusal):
    """One person stands on two sides that must be apart (回避)."""

    code: ClassVar[str] = "batch.recusal"
    zh: ClassVar[str] = "{person} 同时担任 {parts}，依 {citation} 应当回避；请更换其中一方"
    en: ClassVar[str] = "{person} is {parts} at once; {citation} wants one of them replaced"

    person: str
    parts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionSuspended(Refusal):
    """The institution's evaluations are suspended (暂停评价)."""

    code: ClassVar[str] = "batch.institution_suspended"
    zh: ClassVar[str] = "本机构自 {since} 起暂停评价，恢复前不得报备批次"
    en: ClassVar[str] = "the institution is suspended since {since}; no batch until it is resumed"

    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoOutstanding(Refusal):
    """The film of an earlier batch is not there yet (视频未上传)."""

    code: ClassVar[str] = "batch.video_outstanding"
    zh: ClassVar[str] = "{since} 起有批次视频逾期未上传，依 {citation} 不得开展后续认定；请先上传"
    en: ClassVar[str] = (
        "a batch's video is outstanding since {since}; {citation} stops evaluations, upload it"
    )

    since: str
    case: str  # whose film is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotPermitted(Refusal):
    """The external site lacks a permit (外部考点未经许可)."""

    code: ClassVar[str] = "batch.site_not_permitted"
    zh: ClassVar[str] = "外部考点尚缺 {lacking} 许可（{citation}）；取得全部许可后再审批"
    en: ClassVar[str] = "the external site lacks the permit of {lacking} ({citation})"

    lacking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateBarred(Refusal):
    """A candidate is barred on the exam day (禁考)."""

    code: ClassVar[str] = "batch.candidate_barred"
    zh: ClassVar[str] = "{candidate} 禁止参加评价至 {until}；请从名单中去掉"
    en: ClassVar[str] = "{candidate} is barred through {until}; take them off the list"

    candidate: str
    until: str
    count: int = 1  # barred candidates in all


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPeopleRequired(Refusal):
    """One person alone may not vouch for this (双人签字、双人复核)."""

    code: ClassVar[str] = "batch.two_people_required"
    zh: ClassVar[str] = "须由 {least} 名不同的人员签字，现有 {count} 名（{citation}）；请补签"
    en: ClassVar[str] = "{least} different people must sign, {count} did ({citation})"
    payload_alone: ClassVar[bool] = True

    count: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoQuality(Refusal):
    """The film has fewer lines than the texts want (分辨率不足)."""

    code: ClassVar[str] = "batch.video_quality"
    zh: ClassVar[str] = "视频为 {height} 线，依 {citation} 不低于 {least} 线；请上传合格的视频"
    en: ClassVar[str] = "{height} lines are too few, {citation} wants {least}"
    payload_alone: ClassVar[bool] = True

    height: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBankNotReported(Refusal):
    """The question bank was not reported to the center (题库未报备)."""

    code: ClassVar[str] = "batch.question_bank_not_reported"
    zh: ClassVar[str] = (
        "{occupation_code} {level}级的题库未经报备，依 {citation} 不得使用；请先报备题库"
    )
    en: ClassVar[str] = (
        "the bank of {occupation_code} level {level} is not reported; {citation} forbids its use"
    )

    occupation_code: str
    level: int


REFUSALS: tuple[type[Refusal], ...] = (
    NoAnnualPlan,
    NotInPlan,
    OutOfScope,
    TooLate,
    InternalSupervisorMissing,
    StaffNotOwn,
    TooFewAssessors,
    Recusal,
    InstitutionSuspended,
    VideoOutstanding,
    SiteNotPermitted,
    CandidateBarred,
    TwoPeopleRequired,
    VideoQuality,
    QuestionBankNotReported,
)
