"""Every code has a status, a title and a remedy in both languages; nothing falls through."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import domain
from api.problem_texts import _CASE, _EDGE, KINDS
from domain.kernel.errors import Refusal

VOCABULARY = {
    "case.wrong_stage": 409, "case.closed": 409, "case.version_conflict": 412,
    "case.role_required": 403, "case.outside_jurisdiction": 403, "case.same_person": 409,
    "case.recusal": 409, "task.already_done": 409, "idempotency.body_differs": 422,
    "deadline.not_extendable": 409, "law.reasons_required": 422, "law.no_rule": 422,
    "command.malformed": 422, "procedure.unknown": 404, "command.unknown": 404,
    "case.not_found": 404, "task.not_found": 404, "operation.not_found": 404,
    "auth.required": 401, "auth.scope": 403, "portal.no_mandate": 403,
    "request.key_missing": 400, "request.version_missing": 428, "request.too_large": 413,
    "request.media_type": 415, "request.rate_limited": 429, "feed.epoch_changed": 410,
    "service.unavailable": 503, "filing.reasons_required": 422, "filing.supplement_once": 409,
    "filing.supplement_too_long": 422, "filing.commitment_missing": 422,
    "filing.occupation_not_open": 409, "filing.quota_exceeded": 409,
    "filing.too_many_occupations": 409, "filing.applicant_barred": 409,
    "filing.wrong_authority": 409, "filing.publicity_running": 409,
    "filing.assessment_missing": 409,
}  # fmt: skip


def refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Yield every kind of refusal the domain can return."""
    for kind in of.__subclasses__():
        yield kind
        yield from refusals(kind)


def test_every_refusal_of_the_domain_has_its_status() -> None:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(found.name)
    codes = {kind.code for kind in refusals() if hasattr(kind, "code")}
    assert codes
    assert codes <= set(KINDS)


@pytest.mark.parametrize("code", VOCABULARY)
def test_the_status_is_that_of_the_vocabulary(code: str) -> None:
    assert KINDS[code].status == VOCABULARY[code]


def test_no_code_of_the_edge_is_told_twice() -> None:
    codes = [one.code for one in (*_EDGE, *_CASE)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", KINDS)
def test_every_code_says_what_it_is_and_what_to_do(code: str) -> None:
    kind = KINDS[code]
    assert 400 <= kind.status < 600
    for text in (kind.title("zh"), kind.title("en"), kind.remedy("zh"), kind.remedy("en")):
        assert text.strip()
    assert not kind.title("zh").isascii()
    assert kind.title("en").isascii()
