"""Random processes and random paths: what is stored after each step is all there is to know.

The first seed comes from `SEED` and stands in each test's name; `make soak` takes seeds by chance
and shrinks what fails.
"""

import os

import pytest

from tests.process.proof import prove

AT_ONCE = 20  # seeds of one test
FIRST = int(os.environ.get("SEED") or 20_240_601)  # the same in every process of a run


@pytest.mark.parametrize("first", range(FIRST, FIRST + 320, AT_ONCE))
def test_a_restart_at_every_step_changes_nothing_and_no_fault_goes_unseen(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        try:
            prove(seed)
        except Exception as error:
            error.add_note(f"make soak SEED={seed}")
            raise
