"""Every citation in code, diagrams, tests and scenarios parses and is known; the list is honest."""

import json
from pathlib import Path

import pytest

import domain
from domain.law.book import LawBook
from infra.cli.main import run
from infra.law_coverage import cited, coverage

ROOT = Path(domain.__file__).resolve().parent.parent
FILING = ("HN-2022-1 ", "RS-2021-57A ")
NOT_YET = "本版本尚未实现 · not in this release"
CODE = '''
class A:
    def b(self) -> None:
        """Do.

        Cite: HN-2022-1 (三),
        (六).
        """
'''
BPMN = '<task><anjuan:cite clause="HN-2022-1 (四)"/></task>'


def test_every_citation_in_the_project_is_known_to_the_law_book(book: LawBook) -> None:
    found = list(cited(ROOT))
    assert found
    for where, citation in found:
        assert book.knows(citation), f"{where} cites {citation}, which the law book does not list"


def test_the_clause_on_acceptance_is_implemented_and_tested(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The clause this release is about.

    Cite: HN-2022-1 一(二).
    """
    assert run(["law", "coverage", "--json"]) == 0
    clauses = {one["cite"]: one for one in json.loads(capsys.readouterr().out)["clauses"]}
    acceptance = clauses["HN-2022-1 一(二)"]
    assert "law book: filing.acceptance" in acceptance["implemented_by"]
    assert "domain.law.clock.due" in acceptance["implemented_by"]
    assert any("test_law_coverage" in one for one in acceptance["tested_by"])
    assert acceptance["why_not"] is None
    assert clauses["HN-2022-1 二(五)"]["procedural"] is False
    assert run(["law", "coverage"]) == 0
    of_filing = [one for one in clauses.values() if one["cite"].startswith(FILING)]
    assert of_filing
    for one in of_filing:  # carried out and tested, or it says why not
        assert one["why_not"] or (one["implemented_by"] and one["tested_by"]), one["cite"]
        assert one["why_not"] != NOT_YET, one["cite"]
    assert "✓✓ HN-2022-1 一(二)" in capsys.readouterr().out


def test_code_diagrams_and_scenarios_are_read_where_they_cite(
    book: LawBook, tmp_path: Path
) -> None:
    code = CODE
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "a.py").write_text(code, encoding="utf-8")
    (tmp_path / "domain" / "p.bpmn").write_text(BPMN, encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "s.yaml").write_text("cite: [HN-2022-1 (六)]", encoding="utf-8")
    (tmp_path / "examples" / "t.yaml").write_text("[]", encoding="utf-8")
    found = {str(one["cite"]): one for one in coverage(book, tmp_path)}
    assert "domain.a.A.b" in str(found["HN-2022-1 二(三)"]["implemented_by"])
    assert found["HN-2022-1 二(四)"]["implemented_by"] == ["domain/p.bpmn"]
    assert found["HN-2022-1 二(六)"]["tested_by"] == ["examples/s.yaml"]
    assert "证书数据的程序" in str(found["HN-2022-1 二(十)"]["why_not"])
    assert found["HN-2022-1 一(二)"]["why_not"] is None, "the law book itself carries it out"
    assert found["RSJ-2019-2 二(七)"]["why_not"] == NOT_YET
