"""What stands before every page: headers, forms from elsewhere, sessions, the language."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.console import console
from api.console.guard import CSP
from api.papers import Papers
from domain.ports import World
from tests.console.browsing import Visitor, apply, hidden, words
from tests.console.office import Office

HERE, SECURE = "http://console.test", "https://console.test"
OTHER_SITES: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": HERE},
    {"origin": "http://elsewhere.test"},
    {"origin": "http://console.test.elsewhere.test"},
    {"origin": "http://elsewhere.test@console.test"},
    {"origin": "http://console.test:8080"},
    {"origin": "http://console.test:x"},
    {"origin": SECURE},
    {"origin": "null"},
    {"origin": ""},
    {"sec-fetch-site": "", "origin": "http://elsewhere.test"},
    {"sec-fetch-site": " ", "origin": "null"},
    {"sec-fetch-site": ""},
    {},
]
OWN_PAGES: list[dict[str, str]] = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": HERE},
    {"origin": "http://CONSOLE.test:80"},
    {"sec-fetch-site": "", "origin": HERE},
]


def signing_out(office: Office, headers: dict[str, str], at: str = HERE) -> int:
    """Send a form with these headers and no others of a browser; return the status."""
    with TestClient(office.app, at, follow_redirects=False) as client:
        return client.post("/sign-out", headers=headers, data={}).status_code


@pytest.mark.parametrize("path", ["/sign-in", "/credits", "/nowhere", "/static/app.css"])
def test_every_answer_carries_the_policy(office: Office, path: str) -> None:
    answer = Visitor(office).see(path)
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("headers", OTHER_SITES)
def test_a_form_from_another_site_is_refused(office: Office, headers: dict[str, str]) -> None:
    assert signing_out(office, headers) == 403


@pytest.mark.parametrize("headers", OWN_PAGES)
def test_a_form_from_a_page_of_ours_is_taken(office: Office, headers: dict[str, str]) -> None:
    assert signing_out(office, headers) == 303


@pytest.mark.parametrize(
    ("origin", "status"),
    [(SECURE, 303), (f"{SECURE}:443", 303), (HERE, 403), ("https://inside.test", 403)],
)
def test_behind_a_proxy_the_address_people_use_counts(
    office: Office, origin: str, status: int
) -> None:
    services = replace(office.services, site=replace(office.services.site, public_url=SECURE))
    office.app = console(services, office.drafts, Papers(services))
    assert signing_out(office, {"origin": origin}, at="http://inside.test:8080") == status


@pytest.mark.parametrize("path", ["/cases/%00", "/my?done=%00", "/live?case=%00", "/cases?%00=1"])
def test_an_address_with_a_null_character_leads_nowhere(office: Office, path: str) -> None:
    answer = Visitor(office, "clerk").see(path)
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"] == CSP


def test_a_form_with_a_null_character_is_not_taken(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/case.note"
    page = clerk.send(path, **hidden(clerk.see(path)), text="a\x00b", step="sign")
    assert page.status_code == 422
    assert office.case().notes == 0


def test_a_page_asks_for_a_login_first_and_then_comes_back(office: Office) -> None:
    visitor = Visitor(office)
    page = visitor.see("/deadlines?holder=applicant")
    assert page.url.path == "/sign-in"
    assert 'value="/deadlines?holder=applicant"' in page.text


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/cases/1/acts/case.note", "/cases/1/acts/case.note"),
        ("/tasks/1.t-1/claim", "/tasks/1.t-1"),
        ("/apply/drafts/1/institution", "/apply/drafts/1/institution"),
        ("/apply/drafts/1/drop", "/apply/drafts/1"),
        ("/start/batch/hunan", "/start/batch/hunan"),
        ("/my/cases/1/corrections", "/my/cases/1/corrections"),
        ("/dev/clock", "/dev/clock"),
    ],
)
def test_a_form_sent_after_the_session_ended_is_said_to_be_unsent(
    office: Office, path: str, back: str
) -> None:
    page = Visitor(office).send(path, text="已电话告知")
    assert page.url.path == "/sign-in"
    assert "刚才的提交没有收下" in words(page)
    assert f'name="to" value="{back}"' in page.text


def test_a_method_an_address_does_not_take_is_told_with_those_it_takes(office: Office) -> None:
    answer = Visitor(office, "clerk").send("/tasks")
    assert answer.status_code == 405
    assert "没有任何内容被收下" in words(answer)
    assert "GET" in answer.headers["allow"]


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
