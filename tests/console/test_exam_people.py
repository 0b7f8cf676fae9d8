"""Exam people and the ministry's center sign in and find their own pages and duties."""

import pytest

from infra.sandbox_people import SEEDED, title_of
from tests.console.browsing import Visitor, words
from tests.console.office import Office
from tests.console.test_calendar import _batch, school  # noqa: F401  – a fixture

NEW = ("exam-head", "exam-staff", "ministry")


@pytest.mark.parametrize("login", NEW)
def test_each_is_offered_at_sign_in_in_both_languages_and_gets_home(
    office: Office, login: str
) -> None:
    offer = Visitor(office).see("/sign-in").text
    assert f'value="{login}"' in offer
    assert title_of(SEEDED[login]).partition(" · ")[2] not in ("", SEEDED[login].role)
    home = Visitor(office, login).see("/")
    assert home.status_code == 200
    assert home.url.path == ("/" if login == "ministry" else "/my")


def test_an_institution_s_people_see_its_batch_and_each_the_own_duties(
    office: Office,
    school: Visitor,  # noqa: F811  – the fixture
) -> None:
    number = _batch(school, "2026-10-10")
    for login in ("exam-head", "exam-staff"):
        who = Visitor(office, login)
        assert number in words(who.see("/my"))
        assert who.see(f"/my/cases/{number}").status_code == 200
    staff = Visitor(office, "exam-staff")
    assert "batch.approve" not in staff.see(f"/my/cases/{number}").text
    Visitor(office, "clerk").act(f"/cases/{number}/acts/batch.approve")
    office.now("2026-10-10T17:00:00+08:00")
    head = Visitor(office, "exam-head")
    finish = f"/cases/{number}/acts/batch.finish"
    assert finish in head.see(f"/my/cases/{number}").text
    assert head.see(finish).status_code == 200
    assert "batch.finish" not in staff.see(f"/my/cases/{number}").text


def test_the_ministry_s_center_reads_cases_of_the_country(office: Office, school: Visitor) -> None:  # noqa: F811  – the fixture
    number = _batch(school, "2026-10-10")
    ministry = Visitor(office, "ministry")
    page = ministry.see(f"/cases/{number}")
    assert page.status_code == 200
    assert number in words(page)
    ministry.act(f"/cases/{number}/acts/batch.approve")
    assert "acts/batch.approve" in Visitor(office, "clerk").see(f"/cases/{number}").text
