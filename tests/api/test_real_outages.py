"""PostgreSQL and Temporal away in earnest: what people and callers are told, and that acts stay."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.main import TemporalConductor, make_services, tell_of_outages
from infra.drafts import FolderDrafts
from infra.parts import make_parts
from tests.api.bodies import FILING
from tests.api.client import Caller, code_of
from tests.faults.rig.proxy import Fate, Proxy
from tests.workflows.filing import settings_of

NO_TEMPORAL = "127.0.0.1:1"
PAGES = ("/", "/tasks", "/cases", "/my", "/directory", "/notices-running", "/sign-in", "/nowhere")
SAME_SITE = {"sec-fetch-site": "same-origin"}


@dataclass(frozen=True)
class Site:
    """The web process on a real database, behind a line that can be cut; no Temporal answers."""

    http: TestClient
    line: Proxy

    @property
    def operator(self) -> Caller:
        """The operator over HTTP."""
        return Caller(self.http, "demo-operator")

    def sign_in(self, login: str) -> Response:
        """Sign in to the console."""
        form = {"login": login, "tenant": "demo", "to": "/"}
        return self.http.post("/sign-in", data=form, headers=SAME_SITE)


@pytest.fixture(scope="module")
def site(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """All of it, signed in as the operator."""
    folder = tmp_path_factory.mktemp("outages")
    address, _, name = module_database.rpartition("/")
    head, _, port = address.rpartition(":")
    with Proxy(int(port)) as line:
        settings = settings_of(f"{head}:{line.port}/{name}", NO_TEMPORAL, folder)
        parts = make_parts(settings)
        services = make_services(settings, parts, TemporalConductor(settings), patience=0.2)
        app = create_app(services, FolderDrafts(folder / "drafts"))
        tell_of_outages(app)
        with TestClient(app, "http://anjuan.test", raise_server_exceptions=False) as http:
            found = Site(http, line)
            assert found.sign_in("operator").is_success
            yield found
        parts.engine.dispose()


@pytest.mark.parametrize(("language", "said"), [("zh", "没有丢失"), ("en", "nothing is lost")])
def test_every_page_says_that_the_database_is_away_and_when_to_come_again(
    site: Site, language: str, said: str
) -> None:
    site.http.cookies.set("anjuan_lang", language)
    site.line.cut()
    for path in PAGES:
        page = site.http.get(path)
        assert page.status_code == 503, path
        assert said in page.text
        assert f'href="{path}"' in page.text  # once more
        assert "service.unavailable" in page.text
        assert int(page.headers["retry-after"]) > 0
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]
    for path in ("/static/app.css", "/credits", "/language/en"):
        assert site.http.get(path).status_code != 500, path
    site.line.mend()
    assert site.http.get("/my").status_code == 200
    site.http.cookies.delete("anjuan_lang")


def test_a_form_sent_meanwhile_is_sent_again_not_lost(site: Site) -> None:
    site.line.cut()
    page = site.http.post("/apply/filing", data={}, headers=SAME_SITE)
    assert page.status_code == 503
    assert "同一个表单只会生效一次" in page.text
    site.line.mend()
    assert site.http.post("/apply/filing", data={}, headers=SAME_SITE).status_code < 500


def test_the_api_says_so_as_a_problem(site: Site) -> None:
    site.line.cut()
    for answer in (site.operator.get("/cases"), site.operator.post("/cases", FILING)):
        assert (answer.status_code, code_of(answer)) == (503, "service.unavailable")
        assert int(answer.headers["retry-after"]) > 0
    site.line.mend()
    assert site.operator.get("/cases").is_success


def test_an_act_whose_receipt_got_lost_is_not_called_lost_and_comes_once(site: Site) -> None:
    key = {"idempotency-key": "one-key-for-both"}
    site.line.rob_commit(Fate.REPLY_LOST)
    answer = site.operator.post("/cases", FILING, key)
    assert (answer.status_code, code_of(answer)) == (503, "service.unavailable")
    assert "没有收下" not in answer.text
    again = site.operator.post("/cases", FILING, key)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (202, "true")


def test_without_temporal_acts_are_received_and_pages_say_so(site: Site) -> None:
    answer = site.operator.post("/cases", FILING)
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    page = site.http.get("/my", params={"done": answer.json()["id"]})
    assert page.status_code == 200
    assert "您的操作已登记" in page.text
