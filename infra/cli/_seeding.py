"""The schema `anjuan up` brings up to date and the logins it prints; loaded late: SQLAlchemy."""

from collections.abc import Iterator

from infra.cli._database import database_told
from infra.migrate import upgrade
from infra.sandbox_people import DEMO, SEEDED, demo_key, title_of
from infra.settings import load_settings


def prepare(database_url: str) -> None:
    """Bring the schema up to date.

    Raises:
        Stop: the schema is not one this release may touch.
    """
    with database_told():
        upgrade(database_url)


def logins() -> Iterator[str]:
    """Say who may sign in to the sandbox, and with which API key; nothing in production."""
    if load_settings().env == "sandbox":
        yield f"沙箱登录与密钥 · sandbox logins and API keys ({DEMO}):"
        for login, actor in SEEDED.items():
            yield f"  {login:<19} {demo_key(login):<24} {title_of(actor)}"
