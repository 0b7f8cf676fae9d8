"""Who acts: a person in a role, for an organisation, in a jurisdiction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted, as it stands in the event. For the law and the system only the role is set."""

    person: str = ""  # plain id: "p-clerk"
    role: str  # "center.clerk" …, "law", "system"
    organisation: str = ""  # 统一社会信用代码 of an institution, else the office's own id
    jurisdiction: str = ""  # GB/T 2260
    name: str = ""  # the organisation's name, for display


LAW = Actor(role="law")  # outcomes nobody decided
OPERATOR = "operator"  # role of who runs the installation (运维人员): decides no case, reads none
SYSTEM = Actor(role="system")  # reconciling, re-dating, import, service work


def role_matches(pattern: str, role: str) -> bool:
    """Whether `role` is `pattern`, or inside it: `center.*` holds `center.clerk`."""
    return pattern == role or (pattern.endswith(".*") and role.startswith(pattern[:-1]))
