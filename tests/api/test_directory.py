"""The public directory: no key, filters, pages, CSV, and answers that may be kept."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from domain.registers import blocks
from domain.registers.blocks import Block
from domain.registers.codes import Retired, retired
from domain.registers.institutions import Institution, InstitutionRegistered, ScopeItem
from infra.event_store.registers import RegisterEntries
from tests.api.client import BASE, code_of
from tests.api.conftest import FRIDAY
from tests.api.memory import OTHER, TENANT, House, memory_house

CODE = "Y000043000001"


def filed(n: int, name: str = "", place: str = "430100") -> InstitutionRegistered:
    """Return the n-th institution on file."""
    its = Institution(
        name=name or f"机构{n}", uscc=f"u-{n}", type="school", address="路1号", principal="p-secret"
    )
    return InstitutionRegistered(
        institution=its,
        jurisdiction=place,
        scope=tuple(
            ScopeItem(occupation_code="6-18-01-01", occupation="车工", job="数控", level=level)
            for level in (4, 3)
        ),
        institution_code=f"Y0000430000{n:02d}",
    )


@pytest.fixture
def public(house: House, http: TestClient) -> "Public":
    """Anybody, with three institutions on file."""
    entries = [filed(1), filed(2, "=1+1"), filed(3, place="430200")]
    house.store.register(TENANT, RegisterEntries(name="institutions", events=entries))
    theirs = RegisterEntries(name="institutions", events=[filed(9)])
    house.store.register(OTHER, theirs)
    return Public(http)


class Public:
    """Sends requests without a key."""

    def __init__(self, http: TestClient) -> None:
        self.http = http

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, **query: str | int
    ) -> Response:
        """Read a path below /api/v1."""
        answer: Response = self.http.get(BASE + path, headers=headers, params=query or None)
        return answer


def codes(answer: Response) -> list[str]:
    """Return whom a page lists."""
    assert answer.status_code == 200, answer.text
    return [one["institution_code"] for one in answer.json()["items"]]


def test_anybody_reads_who_is_filed_for_what(public: Public) -> None:
    answer = public.get("/public/institutions")
    assert codes(answer) == ["Y000043000001", "Y000043000002", "Y000043000003"]
    first = answer.json()["items"][0]
    assert first["name"] == "机构1"
    assert first["since"] == "2024-04-26"
    assert [one["level"] for one in first["scope"]] == [4, 3]
    assert (first["removed"], first["measures"]) == (None, [])
    assert "p-secret" not in answer.text


def test_filters_narrow_and_a_mistyped_one_is_told(public: Public) -> None:
    for query, found in (
        ({"q": "机构"}, ["Y000043000001", "Y000043000003"]),
        ({"jurisdiction": "430100"}, ["Y000043000001", "Y000043000002"]),
        ({"occupation_code": "6-18-01-01", "level": 3, "q": "000003"}, ["Y000043000003"]),
        ({"level": 5}, []),
    ):
        assert codes(public.get("/public/institutions", **query)) == found
    for wrong in ({"jurisdictoin": "430100"}, {"level": 6}, {"jurisdiction": "43"}):
        answer = public.get("/public/institutions", **wrong)
        assert (answer.status_code, code_of(answer)) == (422, "command.malformed")


def test_pages_go_on_by_their_cursor(public: Public) -> None:
    first = public.get("/public/institutions", limit=2)
    assert codes(first) == ["Y000043000001", "Y000043000002"]
    following = first.headers["link"].removeprefix("<").partition(">")[0]
    assert codes(public.http.get(following)) == ["Y000043000003"]
    assert code_of(public.get("/public/institutions", cursor="no")) == "command.malformed"


def test_what_was_seen_is_not_sent_again(public: Public) -> None:
    for path in ("/public/institutions", f"/public/institutions/{CODE}", "/registers/occupations"):
        answer = public.get(path)
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert "Accept" in answer.headers["vary"]
        again = public.get(path, {"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize("how", [{"accept": "text/csv"}, {}], ids=["accept", "format"])
def test_as_csv_each_entry_of_a_scope_is_a_line_that_runs_nothing(
    public: Public, how: dict[str, str]
) -> None:
    query = {} if how else {"format": "csv"}
    answer = public.get("/public/institutions", how, **query)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert rows[0]["institution_code"] == CODE
    assert (rows[0]["occupation"], rows[0]["level"], rows[1]["level"]) == ("车工", "4", "3")
    assert rows[2]["name"] == "'=1+1"


def test_no_other_format_is_offered(public: Public) -> None:
    answer = public.get("/public/institutions", {"accept": "application/pdf"})
    assert code_of(answer) == "request.not_acceptable"


def test_measures_in_force_are_told(public: Public, house: House) -> None:
    standing = Block(what="suspension", since=FRIDAY, cite="RS-2021-57B 13", case="secret-case")
    claim = blocks.claim("u-1", standing)
    house.store.tables.claims[TENANT, claim.kind, claim.key, claim.holder] = (claim, 1)
    answer = public.get(f"/public/institutions/{CODE}")
    told = {"what": "suspension", "since": "2024-04-26T17:00:00+08:00", "cite": "RS-2021-57B 13"}
    assert answer.json()["measures"] == [told]
    assert "secret-case" not in answer.text


def test_a_retired_code_says_since_when_and_an_unknown_one_is_not_found(
    public: Public, house: House
) -> None:
    gone = retired("Y000043000007", Retired(uscc="u-7", since=FRIDAY.date(), reason="exit"))
    house.store.tables.claims[TENANT, gone.kind, gone.key, gone.holder] = (gone, 1)
    answer = public.get("/public/institutions/Y000043000007").json()
    assert (answer["removed"], answer["since"], answer["scope"]) == ("2024-04-26", None, [])
    answer = public.get("/public/institutions/Y000043000099")
    assert (answer.status_code, code_of(answer)) == (404, "institution.not_found")


def test_a_key_shows_the_directory_of_its_own_tenant(public: Public) -> None:
    theirs = public.get("/public/institutions", {"authorization": f"Bearer {OTHER}-clerk"})
    assert codes(theirs) == ["Y000043000009"]
    assert theirs.headers["cache-control"].startswith("private")
    for wrong in ("Bearer nobody", "Basic xyz"):
        answer = public.get("/public/institutions", {"authorization": wrong})
        assert code_of(answer) == "auth.required"


def test_occupations_are_told_with_category_levels_standard_and_spec(public: Public) -> None:
    items = public.get("/registers/occupations", category="6").json()["items"]
    assert {one["category"] for one in items} == {"6"}
    lathe = next(one for one in items if one["code"] == "6-18-01-01")
    assert lathe == {
        "code": "6-18-01-01",
        "name": "车工",
        "category": "6",
        "levels": [5, 4, 3, 2, 1],
        "standard": True,
        "spec": False,
        "licence": False,
    }


def test_one_address_asks_only_so_often(tmp_path: Path) -> None:
    few = memory_house(tmp_path, at=FRIDAY, rate=2)
    with TestClient(few.app) as http:
        answers = [http.get(f"{BASE}/public/institutions") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"]
