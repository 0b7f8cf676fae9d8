"""What commands know of the servers that run on this machine."""

import os

from infra.local.folder import DataFolder
from infra.local.ports import LOOPBACK
from infra.settings import Settings, load_settings

_FIELDS = {"DATABASE_URL": "database_url", "TEMPORAL_ADDRESS": "temporal_address"}


def settings_here() -> Settings:
    """Return the settings; servers the environment does not name are those `make up` runs here.

    Raises:
        BadSettingsError: naming every setting that cannot be used.
    """
    settings = load_settings()
    running = DataFolder(settings.data).servers()
    given = {
        field: running[name]
        for name, field in _FIELDS.items()
        if name in running and not {name, f"{name}_FILE"} & set(os.environ)
    }
    return load_settings(**given) if given else settings


def url_here() -> str:
    """Return where the web process answers that runs here; without one, where it usually would.

    Raises:
        BadSettingsError: naming every setting that cannot be used.
    """
    settings = load_settings()
    return DataFolder(settings.data).url() or f"http://{LOOPBACK}:{settings.api_port}"
