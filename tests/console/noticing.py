"""A filing on public notice, brought there through the pages."""

from tests.console.browsing import INSTITUTION, PDF, SCOPE, Visitor, hidden
from tests.console.office import Office


def put_on_notice(office: Office) -> str:
    """File as a social organisation, pass the assessment, publish; return the number."""
    school = Visitor(office, "operator")
    draft = school.send("/apply/filing").url.path
    school.fill(f"{draft}/institution", **{**INSTITUTION, "serves": "public"})
    school.fill(f"{draft}/scope", **SCOPE)
    materials = f"{draft}/materials"
    school.upload(materials, {"file-application": PDF}, **hidden(school.see(materials)), go="next")
    principal = Visitor(office, "principal")
    principal.fill(f"{draft}/commitment", sign="1", go="next")
    principal.send(f"{draft}/check", **hidden(principal.see(f"{draft}/check")))
    acts = f"/cases/{office.case().number}/acts"
    clerk, reviewer = Visitor(office, "clerk"), Visitor(office, "reviewer")
    clerk.act(f"{acts}/filing.accept")
    experts = "p-expert-1\np-expert-2"
    reviewer.act(
        f"{acts}/filing.assess", passed="yes", opinion="符合条件", experts=experts, on_site="yes"
    )
    clerk.act(f"{acts}/filing.publish_notice", working_days="5")
    assert office.case().status == "publicity"
    return office.case().number
