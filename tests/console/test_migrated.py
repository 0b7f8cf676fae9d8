"""A case that goes on in another version of its diagram tells so on its timeline, in words."""

from domain.case.actor import OPERATOR, Actor
from domain.ports import BodyDiffers, Receipt
from tests.console.browsing import Visitor, apply, words
from tests.console.office import TENANT, Office
from tests.examples.versions import definition_of, edited

OPS = Actor(person="p-admin", role=OPERATOR, organisation="anjuan", name="案卷")


def migrate(office: Office) -> None:
    """Move the only case to the edited diagram."""
    office.services.definitions.keep(edited())
    act = Receipt(
        tenant=TENANT, client="admin", key="k-1", fingerprint="f", case_id=office.case().id,
        name="process.migrate", actor=OPS, channel="api:admin",
        payload={"to": definition_of(edited()).hash, "deadlines": "keep", "reason": "环节更名"},
    )  # fmt: skip
    assert not isinstance(office.services.store.receive(act), BodyDiffers)
    office.conductor.look(office.case().id)


def test_the_timeline_says_why_the_diagram_changed_and_what_became_of_terms(
    office: Office,
) -> None:
    number = apply(office)
    migrate(office)
    clerk = Visitor(office, "clerk")
    said = words(clerk.see(f"/cases/{number}/timeline"))
    assert "流程换版：环节更名（期限：保留 1）" in said
    assert "运维人员" in said
    assert "收件核验" in words(clerk.see(f"/cases/{number}/diagram"))


def test_the_institution_reads_of_the_change_without_the_person(office: Office) -> None:
    number = apply(office)
    migrate(office)
    said = words(Visitor(office, "operator").see(f"/my/cases/{number}"))
    assert "p-admin" not in said
