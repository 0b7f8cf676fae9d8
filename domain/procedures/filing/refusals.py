"""The named refusals of a filing, in the order of VOCABULARY §3, which is the order they win in."""

from dataclasses import dataclass
from typing import ClassVar

from domain.case.refusals import Named
from domain.kernel.errors import Language, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsRequired(Refusal):
    """Reasons or legal basis are missing (理由和依据)."""

    code: ClassVar[str] = "filing.reasons_required"
    zh: ClassVar[str] = "缺少{lacking}；依 {citation} 须说明理由和依据，请补全后再提交"
    en: ClassVar[str] = "{lacking} missing; {citation} wants reasons and legal basis, add them"
    payload_alone: ClassVar[bool] = True

    lacking: str  # "理由 · reasons", "依据 · legal basis" or both


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementOnce(Refusal):
    """All defects are told at once (一次性告知)."""

    code: ClassVar[str] = "filing.supplement_once"
    zh: ClassVar[str] = "{day} 已发补正告知书 {notice}，不得再次要求补正；请受理或不予受理"
    en: ClassVar[str] = "{notice} of {day} listed the defects; accept or refuse, no second list"

    day: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementTooLong(Refusal):
    """The window is longer than the law allows."""

    code: ClassVar[str] = "filing.supplement_too_long"
    zh: ClassVar[str] = "补正期限 {working_days} 个工作日过长；依 {citation} 不超过 {most} 个工作日"
    en: ClassVar[str] = "{working_days} working days are too many; {citation} allows {most}"
    payload_alone: ClassVar[bool] = True

    working_days: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentMissing(Refusal):
    """Nobody signed for truthfulness (承诺)."""

    code: ClassVar[str] = "filing.commitment_missing"
    zh: ClassVar[str] = "缺少负责人签署的承诺（签署人、签署日期，{citation}）；请签署后再提交"
    en: ClassVar[str] = (
        "the principal's commitment is missing ({citation}); have it signed and dated"
    )
    payload_alone: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationNotOpen(Refusal):
    """The occupation may not be evaluated by this institution."""

    code: ClassVar[str] = "filing.occupation_not_open"
    zh: ClassVar[str] = (
        "{occupation_code} {occupation} 不在可申报范围（{why}，{citation}）；请删除该职业"
    )
    en: ClassVar[str] = "{occupation_code} is not open to you ({why}, {citation}); leave it out"
    recorded: ClassVar[bool] = True

    occupation_code: str
    occupation: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaExceeded(Refusal):
    """No place is left for the occupation at this node (原则上不超过)."""

    code: ClassVar[str] = "filing.quota_exceeded"
    zh: ClassVar[str] = (
        "{jurisdiction} 的 {occupation_code} {job} 已有 {taken} 家社会培训评价组织，上限 {most} 家"
        "（{citation}）；确需增加的，附例外理由并由另一人批准"
    )
    en: ClassVar[str] = (
        "{taken} organisations hold {occupation_code} {job} at {jurisdiction}, at most {most}"
        " ({citation}); an exception needs a reason and another person's approval"
    )
    recorded: ClassVar[bool] = True

    jurisdiction: str
    occupation_code: str
    job: str
    taken: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyOccupations(Refusal):
    """More occupations than a social organisation may have."""

    code: ClassVar[str] = "filing.too_many_occupations"
    zh: ClassVar[str] = (
        "申报 {count} 个职业，超过 {most} 个（{citation}）；请减少，或附经批准的例外"
    )
    en: ClassVar[str] = "{count} occupations, at most {most} ({citation}); fewer, or an exception"
    recorded: ClassVar[bool] = True

    count: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantBarred(Named):
    """A bar stands against the applicant."""

    code: ClassVar[str] = "filing.applicant_barred"
    zh: ClassVar[str] = "申请单位存在不得申报的情形：{bar}（{citation}）；情形消除后再申报"
    en: ClassVar[str] = "the applicant is barred: {bar} ({citation}); apply once that has ended"
    recorded: ClassVar[bool] = True

    bar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongAuthority(Refusal):
    """Another office takes this filing."""

    code: ClassVar[str] = "filing.wrong_authority"
    zh: ClassVar[str] = "{jurisdiction} 不受理此类备案（{citation}）；请向 {right} 的鉴定中心申报"
    en: ClassVar[str] = "{jurisdiction} does not take this filing ({citation}); file with {right}"
    recorded: ClassVar[bool] = True

    jurisdiction: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityRunning(Refusal):
    """The public notice has not begun, still runs, or has left objections open (公示)."""

    code: ClassVar[str] = "filing.publicity_running"
    zh: ClassVar[str] = "公示至 {until} 届满，期满且异议处理完毕后方可决定（{citation}）"
    en: ClassVar[str] = (
        "the public notice runs until {until}; decide after it and its objections ({citation})"
    )
    to_come_zh: ClassVar[str] = "尚未公示；请先发布公示，期满且异议处理完毕后再决定（{citation}）"
    to_come_en: ClassVar[str] = (
        "there has been no public notice; publish it first, decide once it is over ({citation})"
    )
    objections_zh: ClassVar[str] = (
        "公示已满，尚有 {objections} 件异议未处理；请先处理（{citation}）"
    )
    objections_en: ClassVar[str] = (
        "the notice is over, {objections} objections are left; resolve them first ({citation})"
    )

    until: str = ""  # the last day, while it runs
    objections: int = 0  # undecided, once it is over

    def text(self, language: Language) -> str:
        """Return the sentence for people: what to do depends on how far the notice has come."""
        zh, en = self.to_come_zh, self.to_come_en
        if self.until:
            zh, en = self.zh, self.en
        elif self.objections:
            zh, en = self.objections_zh, self.objections_en
        return (zh if language == "zh" else en).format(**self.evidence())


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentMissing(Refusal):
    """There is no assessment that was passed, nationally by experts (未经评估)."""

    code: ClassVar[str] = "filing.assessment_missing"
    zh: ClassVar[str] = "尚无通过的评估；请先由审核人员评估，再由另一人批准"
    en: ClassVar[str] = "no passed assessment is on record; assess first, another person approves"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerLeft(Refusal):
    """The employer is no longer in the directory: it gets no new branches (总部已退出)."""

    code: ClassVar[str] = "filing.employer_left"
    zh: ClassVar[str] = (
        "{employer} 已退出评价机构目录（{citation}），不再备案其分支机构；请不予备案"
    )
    en: ClassVar[str] = (
        "{employer} has left the directory ({citation}) and gets no new branches; do not file it"
    )

    employer: str


REFUSALS: tuple[type[Refusal], ...] = (
    ReasonsRequired,
    SupplementOnce,
    SupplementTooLong,
    CommitmentMissing,
    OccupationNotOpen,
    QuotaExceeded,
    TooManyOccupations,
    ApplicantBarred,
    WrongAuthority,
    PublicityRunning,
    AssessmentMissing,
    EmployerLeft,
)
