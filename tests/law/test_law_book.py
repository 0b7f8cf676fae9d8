"""What the law book answers: each value with its clause, and exactly one of them."""

from datetime import date, timedelta

import pytest

from domain.kernel.terms import Term
from domain.law.book import LawBook, NoRule, Quota, Rule
from domain.law.citation import same_clause

WD = "working_day"
TODAY = date(2024, 4, 26)
OBJECTION = "RS-2021-57B 19, local practice"

Row = tuple[str, str, str | None, int, str, str | None, str]
TERMS: list[Row] = [
    # key, place, variant, amount, unit, consequence, cite
    ("filing.acceptance", "430103", "hunan", 7, WD, "filing.deemed_accepted", "HN-2022-1 一(二)"),
    ("filing.acceptance", "430000", None, 7, WD, "filing.deemed_accepted", "HN-2022-1 一(二)"),
    ("filing.acceptance", "000000", "national_employer", 10, WD, None, "RS-2021-57A 一(十)"),
    ("filing.acceptance", "410100", "henan_enterprise", 10, WD, None, "RSJ-2019-3 二(2)"),
    ("filing.acceptance", "530000", None, 10, WD, None, "RS-2021-57A 一(十), RSJ-2019-3 二(2)"),
    ("filing.supplement", "430103", None, 10, WD, "filing.deemed_abandoned", "HN-2022-1 一(二)"),
    ("filing.supplement", "530000", None, 10, WD, None, "local practice"),
    ("filing.supplement", "000000", "national_employer", 10, WD, None, "local practice"),
    ("filing.decision", "410000", "henan_enterprise", 5, WD, None, "YU-2020-19 四(二)"),
    ("filing.decision", "410000", "henan_appraisal_agency", 5, WD, None, "YUG-2020-1 9"),
    ("filing.decision", "410000", None, 5, WD, None, "YU-2020-19 四(二), YUG-2020-1 9"),
    ("filing.preliminary", "410000", "henan_technical_college", 5, WD, None, "YU-2021-155 三(二)"),
    ("filing.branch_assessment", "410000", "industry_branch", 15, WD, None, "ZJ-2020-54"),
    ("filing.publicity", "430103", "hunan", 5, WD, None, "local practice"),
    ("plan.annual", "430100", None, 1231, "date", "plan.late", "HN-2022-1 二(三)"),
    ("batch.lead", "430100", None, 7, WD, "batch.late", "HN-2022-1 二(三)"),
    ("batch.lead", "410100", "henan_enterprise", 10, WD, "batch.late", "YU-2020-19 四(三)"),
    ("batch.lead", "410100", "henan_technical_college", 10, WD, "batch.late", "YU-2020-35"),
    ("batch.video", "430100", None, 3, "day", "institution.evaluation_blocked", "HN-2022-1 (17)"),
    ("batch.results", "410000", "henan_special_ability", 10, WD, None, "YU-2020-41 三(三)"),
    ("supervision.report", "430100", None, 3, WD, None, "HN-2022-1 (八)"),
    ("supervision.report", "410000", "henan_appraisal_agency", 3, WD, None, "YUG-2020-1 19"),
    ("supervision.report", "410000", "henan_social_organisation", 5, WD, None, "YU-2020-51 五(二)"),
    ("certificate.upload", "430100", None, 30, WD, None, "ZJ-2022-1 10, 12"),
    ("certificate.cutoff", "430100", None, 6, "month", None, "ZJ-2022-1 12"),
    ("certificate.province_review", "430000", None, 30, WD, None, "ZJ-2022-1 10"),
    ("certificate.publication", "000000", None, 15, WD, None, "ZJ-2022-1 10"),
    ("certificate.resubmission", "430100", None, 20, WD, None, "ZJ-2022-1 11"),
    ("sanction.defence", "530000", None, 5, WD, "sanction.defence_lapsed", "local practice"),
    ("sanction.objection", "430100", None, 10, WD, "sanction.became_final", OBJECTION),
]


@pytest.mark.parametrize("row", TERMS, ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_the_term_is_what_the_clause_says(row: Row, book: LawBook) -> None:
    key, place, variant, amount, unit, consequence, cite = row
    term = book.term(key, place, TODAY, variant)
    assert isinstance(term, Term)
    assert (term.key, term.amount, term.unit) == (key, amount, unit)
    assert term.consequence == consequence
    assert same_clause(term.cite, cite)
    assert term.local_practice is ("local practice" in cite)


STARTS = [
    ("filing.acceptance", "000000", None, date(2019, 8, 14)),
    ("filing.supplement", "530000", None, date(2019, 8, 14)),
    ("filing.publicity", "430000", None, date(2021, 12, 23)),
    ("filing.decision", "410000", "henan_appraisal_agency", date(2020, 1, 1)),
    ("filing.decision", "410000", "henan_enterprise", date(2020, 3, 11)),
    ("filing.preliminary", "410000", "henan_technical_college", date(2021, 9, 24)),
    ("filing.branch_assessment", "430000", "industry_branch", date(2020, 11, 13)),
    ("batch.lead", "430000", None, date(2022, 6, 1)),
    ("certificate.upload", "000000", None, date(2022, 6, 1)),
]


@pytest.mark.parametrize(("key", "place", "variant", "since"), STARTS)
def test_a_rule_answers_only_from_its_texts_start(
    key: str, place: str, variant: str | None, since: date, book: LawBook
) -> None:
    assert isinstance(book.term(key, place, since, variant), Term)
    refused = book.term(key, place, since - timedelta(days=1), variant)
    assert isinstance(refused, NoRule)
    assert refused.code == "law.no_rule"


def test_before_the_hunan_notice_the_older_national_rule_answers(book: LawBook) -> None:
    older = book.term("filing.acceptance", "430103", date(2022, 5, 31), "hunan")
    assert isinstance(older, Term)
    assert (older.amount, older.consequence, older.cite) == (10, None, "RSJ-2019-3 二(2)")


def test_the_guide_of_2021_follows_the_flow_of_2019_for_national_employers(book: LawBook) -> None:
    before = book.term("filing.acceptance", "000000", date(2021, 12, 22), "national_employer")
    after = book.term("filing.acceptance", "000000", date(2021, 12, 23), "national_employer")
    assert isinstance(before, Term)
    assert isinstance(after, Term)
    assert (before.cite, after.cite) == ("RSJ-2019-3 一(2)", "RS-2021-57A 一(十)")


def test_the_flow_for_enterprises_sets_no_term_for_social_organisations(book: LawBook) -> None:
    for place in ("000000", "530000", "410100"):
        assert isinstance(
            book.term("filing.acceptance", place, TODAY, "social_organisation"), NoRule
        )
    hunan = book.term("filing.acceptance", "430103", TODAY, "social_organisation")
    assert isinstance(hunan, Term)


def test_where_variants_differ_the_question_names_none_and_is_refused_with_the_variants(
    book: LawBook,
) -> None:
    refused = book.term("supervision.report", "410000", TODAY)
    assert isinstance(refused, NoRule)
    assert "henan_appraisal_agency" in refused.variants
    assert "henan_appraisal_agency" in refused.text("zh")
    assert "henan_appraisal_agency" in refused.text("en")
    assert refused.evidence()["on"] == "2024-04-26"


def test_a_refusal_says_what_to_check(book: LawBook) -> None:
    refused = book.term("filing.unheard_of", "430103", TODAY)
    assert isinstance(refused, NoRule)
    assert "filing.unheard_of" in refused.text("zh")
    assert "check key" in refused.text("en")


@pytest.mark.parametrize(
    ("place", "on", "amount", "cite"),
    [
        ("430100", TODAY, 3, "HN-2022-1 一(一)"),
        ("430103", TODAY, 1, "HN-2022-1 一(一)"),
        ("430181", TODAY, 1, "HN-2022-1 一(一)"),
        ("430000", TODAY, 3, "RS-2021-57A 二(四)"),
        ("530100", TODAY, 3, "RS-2021-57A 二(四)"),
        ("430103", date(2022, 5, 31), 3, "RS-2021-57A 二(四)"),
    ],
)
def test_the_quota_of_organisations_is_counted_at_exactly_the_node(
    place: str, on: date, amount: int, cite: str, book: LawBook
) -> None:
    quota = book.quota("filing.organisations_per_occupation", place, on)
    assert isinstance(quota, Quota)
    assert (quota.amount, quota.cite, quota.in_principle) == (amount, cite, True)


def test_a_social_organisation_in_hunan_applies_for_at_most_three_occupations(
    book: LawBook,
) -> None:
    quota = book.quota("filing.occupations_per_organisation", "430103", TODAY)
    assert isinstance(quota, Quota)
    assert (quota.amount, quota.cite) == (3, "HN-2022-1 一(一)")
    assert isinstance(book.quota("filing.occupations_per_organisation", "530000", TODAY), NoRule)


@pytest.mark.parametrize("place", ["430103", "530000"])
def test_the_supplement_quota_is_the_terms_maximum(place: str, book: LawBook) -> None:
    term = book.term("filing.supplement", place, TODAY)
    quota = book.quota("filing.supplement", place, TODAY)
    assert isinstance(term, Term)
    assert isinstance(quota, Quota)
    assert term.at_most
    assert (quota.amount, quota.cite) == (term.amount, term.cite)


RULES = [
    ("filing.categories_of_social_organisations", "430103", None, ("3", "4", "5", "6")),
    ("filing.standards", "430103", None, ("national_standard", "filed_spec")),
    ("filing.public_notice", "430103", None, ("social_organisation", "association")),
    ("filing.licence_types", "430103", None, ("with_ground",)),
    ("filing.licence_types", "410100", None, ("never",)),
    ("filing.grounds_of_refusal", "430103", None, ("reasons", "legal_basis")),
    ("filing.preferred", "430103", None, ("computerised",)),
]


@pytest.mark.parametrize(("key", "place", "variant", "values"), RULES)
def test_the_rule_is_what_the_clause_says(
    key: str, place: str, variant: str | None, values: tuple[str, ...], book: LawBook
) -> None:
    rule = book.rule(key, place, TODAY, variant)
    assert isinstance(rule, Rule)
    assert rule.values == values


@pytest.mark.parametrize(
    ("variant", "cite"),
    [
        ("enterprise", "RSJ-2019-3 二(1)"),
        ("national_employer", "RSJ-2019-3 一(1)"),
        ("social_organisation", "RS-2021-57A 二(八)6"),
        ("technical_college", "local practice"),
        (None, "local practice"),
    ],
)
def test_the_commitment_rests_on_a_clause_of_the_applicants_kind(
    variant: str | None, cite: str, book: LawBook
) -> None:
    rule = book.rule("filing.commitment", "430103", TODAY, variant)
    assert isinstance(rule, Rule)
    assert rule.cite == cite


VARIANTS = (
    *(None, "hunan", "national_employer", "social_organisation", "henan_enterprise"),
    *("henan_technical_college", "henan_school", "henan_social_organisation"),
    *("henan_appraisal_agency", "henan_special_ability", "industry_branch"),
)
PLACES = ("000000", "410000", "410100", "410102", "430000", "430100", "430103", "530000", "530100")


def test_on_every_day_each_question_has_exactly_one_answer_or_none(book: LawBook) -> None:
    changes = {entry.since for entry in book.entries} | {
        entry.until + timedelta(days=1) for entry in book.entries if entry.until
    }
    grid = sorted(
        {day + timedelta(days=n) for day in changes for n in (-1, 0)} | {date(2030, 1, 1)}
    )
    questions = [(key, place, on) for key in book.keys for place in PLACES for on in grid]
    answered = set()
    for key, place, on in questions:
        for variant in VARIANTS:
            for ask in (book.term, book.quota, book.rule):
                answer = ask(key, place, on, variant)
                if not isinstance(answer, NoRule):
                    assert answer.key == key
                    assert book.knows(answer.cite)
                    answered.add(key)
    assert answered == set(book.keys)


def test_once_a_rule_holds_its_question_is_never_without_answer_again(book: LawBook) -> None:
    days = [date(year, month, 1) for year in range(2019, 2024) for month in (1, 7)]
    for key in book.keys:
        for place in ("000000", "410100", "430103", "530000"):
            for variant in VARIANTS[1:]:  # without one, a later variant may make the answers differ
                held = [isinstance(book.term(key, place, on, variant), Term) for on in days]
                assert held == sorted(held), (key, place, variant)


def test_the_version_names_the_content(book: LawBook) -> None:
    less = LawBook(book.texts, [], [], [])
    assert book.version.startswith("law@")
    assert less.version != book.version
