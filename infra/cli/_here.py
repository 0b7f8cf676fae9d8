"""Settings of commands that look at what runs on this machine."""

import os

from infra.local.folder import DataFolder
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
        if name in running and name not in os.environ
    }
    return load_settings(**given) if given else settings
