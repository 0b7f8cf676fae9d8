"""An office of its own for each test."""

from pathlib import Path

import pytest

from tests.console.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office without a case, on a Monday before the autumn holidays, its clock stopped."""
    return open_office(tmp_path)
