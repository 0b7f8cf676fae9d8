"""What stands before every page: headers, forms from elsewhere, sessions, the language."""

from dataclasses import replace

import pytest

from api.console import console
from api.console.guard import CSP
from api.papers import Papers
from domain.ports import World
from tests.console.browsing import Visitor, words
from tests.console.office import Office

OTHER_SITES = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "", "origin": "http://elsewhere.test"},
    {"sec-fetch-site": "", "origin": "null"},
]


@pytest.mark.parametrize("path", ["/sign-in", "/credits", "/nowhere", "/static/app.css"])
def test_every_answer_carries_the_policy(office: Office, path: str) -> None:
    answer = Visitor(office).see(path)
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("headers", OTHER_SITES)
def test_a_form_from_another_site_is_refused(office: Office, headers: dict[str, str]) -> None:
    answer = Visitor(office, "clerk").say_raw("POST", "/sign-out", headers)
    assert answer.status_code == 403


def test_a_page_asks_for_a_login_first_and_then_comes_back(office: Office) -> None:
    visitor = Visitor(office)
    page = visitor.see("/deadlines?holder=applicant")
    assert page.url.path == "/sign-in"
    assert 'value="/deadlines?holder=applicant"' in page.text


@pytest.mark.parametrize("to", ["//elsewhere.test", "http://elsewhere.test", "/\\elsewhere.test"])
def test_nobody_is_led_to_another_site(office: Office, to: str) -> None:
    visitor = Visitor(office)
    assert visitor.send("/sign-in", login="clerk", tenant="demo", to=to).url.host == "console.test"


def test_a_forged_session_is_nobody(office: Office) -> None:
    forged = {"cookie": "anjuan_session=eyJ0IjoiZGVtbyJ9.x"}
    answer = Visitor(office).say_raw("GET", "/tasks", forged)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Office) -> None:
    cookie = Visitor(office).signing_in("clerk").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_the_language_switch_keeps_the_page(office: Office) -> None:
    clerk = Visitor(office, "clerk")
    page = clerk.see("/language/en?to=%2Fdeadlines%3Fholder%3Dapplicant")
    assert str(page.url).endswith("/deadlines?holder=applicant")
    assert '<html lang="en">' in page.text
    assert "Deadline board" in words(page)


@pytest.mark.parametrize(
    ("login", "path"),
    [("operator", "/tasks"), ("operator", "/deadlines"), ("operator", "/cases"), ("clerk", "/my"),
     ("clerk", "/apply"), ("clerk", "/apply/filing")],
)  # fmt: skip
def test_a_page_for_others_says_who_may(office: Office, login: str, path: str) -> None:
    page = Visitor(office, login).see(path)
    assert page.status_code == 403
    assert "您的身份不能使用这个页面" in words(page)


def test_a_failure_of_ours_is_a_page_with_the_policy(office: Office) -> None:
    def broken(tenant: str) -> World:
        raise OSError(tenant)

    clerk = Visitor(office, "clerk", raises=False)
    services = replace(office.services, world=broken)
    office.app = console(services, office.drafts, Papers(services))
    page = Visitor(office, "clerk", raises=False).see("/deadlines")
    assert clerk.see("/deadlines").status_code == 200
    assert page.status_code == 500
    assert page.headers["content-security-policy"] == CSP
    assert "同一个表单只会生效一次" in words(page)


def test_a_missing_page_is_honest(office: Office) -> None:
    page = Visitor(office, "clerk").see("/cases/none")
    assert page.status_code == 404
    assert "case.not_found" in words(page)
