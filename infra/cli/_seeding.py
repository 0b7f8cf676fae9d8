"""What `anjuan up` puts into the database, and the logins it prints. Loaded late: SQLAlchemy."""

from collections.abc import Iterator

from infra.cli.exits import Exit, Stop
from infra.db import make_engine
from infra.migrate import SchemaError, upgrade
from infra.sandbox import PostgresSandbox
from infra.sandbox_people import DEMO, SEEDED, demo_key, title_of
from infra.settings import load_settings


def prepare(database_url: str) -> None:
    """Bring the schema up to date; in a sandbox let the seeded people in.

    Raises:
        Stop: the schema is not one this release may touch.
    """
    try:
        upgrade(database_url)
    except SchemaError as error:
        raise Stop(Exit.CONFLICT, error.code, str(error)) from None
    if _sandbox():
        engine = make_engine(database_url, pool_size=1)
        try:
            PostgresSandbox(engine).seed_demo()
        finally:
            engine.dispose()


def logins() -> Iterator[str]:
    """Say who may sign in to the sandbox, and with which API key; nothing in production."""
    if _sandbox():
        yield f"沙箱登录与密钥 · sandbox logins and API keys ({DEMO}):"
        for login, actor in SEEDED.items():
            yield f"  {login:<12} {demo_key(login):<18} {title_of(actor)}"


def _sandbox() -> bool:
    return load_settings().env == "sandbox"
