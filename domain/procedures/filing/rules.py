"""What the law book says where and when an act of a filing happens, and of whom it says it."""

from collections.abc import Mapping

from domain.case.procedure import Situation
from domain.kernel.errors import LawGapError
from domain.kernel.terms import Term
from domain.kernel.times import legal_day
from domain.law.book import NoRule, Quota, Rule
from domain.registers.institutions import Institution

HUNAN, SOCIAL, NATIONAL = "hunan", "social_organisation", "national_employer"
_TEXT_IN_FORCE: Mapping[str, str] = {  # variant → the term without which nothing is filed
    HUNAN: "filing.acceptance",
    SOCIAL: "filing.publicity",
    NATIONAL: "filing.acceptance",
}


def rule(situation: Situation, key: str, variant: str | None = None) -> Rule | None:
    """Return the rule in force where and when the act happens; None when no text has one."""
    on = legal_day(situation.at)
    found = situation.world.book.rule(key, situation.jurisdiction, on, variant or situation.variant)
    return None if isinstance(found, NoRule) else found


def quota(situation: Situation, key: str) -> Quota | None:
    """Return the number in force where and when the act happens; None when no text has one."""
    on = legal_day(situation.at)
    found = situation.world.book.quota(key, situation.jurisdiction, on, situation.variant)
    return None if isinstance(found, NoRule) else found


def term(situation: Situation, key: str) -> Term | NoRule:
    """Return the term in force where and when the act happens."""
    on = legal_day(situation.at)
    return situation.world.book.term(key, situation.jurisdiction, on, situation.variant)


def sure_term(situation: Situation, key: str) -> Term:
    """Return a term without which an open case could not go on.

    Raises:
        LawGapError: the law book has none.
    """
    found = term(situation, key)
    if isinstance(found, NoRule):
        raise LawGapError(found.text("en"))
    return found


def out_of_force(situation: Situation) -> NoRule | None:
    """Return the refusal of a day on which no text of the variant was in force yet."""
    found = term(situation, _TEXT_IN_FORCE[situation.variant])
    return found if isinstance(found, NoRule) else None


def is_social(situation: Situation, institution: Institution) -> bool:
    """Whether the institution files as a social organisation (社会培训评价组织).

    Under the national rules any legal person may, enterprises and schools too; in Hunan its type
    says so, or itself by serving the public; a national employer never does.

    Cite: RS-2021-57A 二(五)1, 二(十)4.
    """
    return situation.variant == SOCIAL or (
        situation.variant == HUNAN
        and (institution.serves_public or is_social_by_type(situation, institution))
    )


def is_social_by_type(situation: Situation, institution: Institution) -> bool:
    """Whether an institution of this type can only be a social organisation."""
    social = rule(situation, "filing.public_notice")
    return social is not None and institution.type in social.values


def applicants_kind(situation: Situation, institution: Institution) -> str:
    """Return under which name the texts speak of the applicant: its variant, in Hunan its type."""
    return institution.type if situation.variant == HUNAN else situation.variant
