"""Load, ask, decide, append: the one place where cases move."""

from dataclasses import replace

from temporalio import activity

from activities.failures import only_codes_leave
from domain.case.decide import decide, facts_wanted
from domain.case.turn import Turn
from domain.kernel.errors import StreamBrokenError
from domain.ports import EventStore, World


class Advance:
    """Takes a case one turn further. Plain `def`: psycopg2 blocks, so a worker thread runs it."""

    def __init__(self, store: EventStore, world: World) -> None:
        self._store, self._world = store, world

    # No exception is thrown into the thread: it could hit between two statements. The database's
    # own time-outs end what hangs.
    @activity.defn(name="case.advance", no_thread_cancel_exception=True)
    def advance(self, case_id: str, command_id: str | None) -> Turn:
        """Decide what waits, in order of receipt, up to `command_id`; answer its first outcome.

        Raises:
            ApplicationError: nothing was recorded, nothing is lost; a `Defect` under its code.
        """
        with only_codes_leave():
            work, turn = self._advance_once(case_id, command_id)
            while work and not turn.outcome:  # with it, what else waits is for another turn
                last = work
                work, turn = self._advance_once(case_id, command_id)
                if work == last:
                    raise StreamBrokenError(f"{work} is recorded and still waits")
            return turn

    def _advance_once(self, case_id: str, command_id: str | None) -> tuple[str, Turn]:
        """Return the id of what was decided, "" when nothing waited, and where the case stands."""
        with self._store.open_case(case_id, command_id) as session:  # one command or lapse
            work = session.next_work(command_id)  # a lapsed deadline is work too
            if work is None:
                return "", session.turn()
            world = replace(self._world, calendar=session.calendar)
            facts = session.facts(facts_wanted(world, session.tenant, session.case, work))
            session.record(work, decide(world, session.tenant, session.case, work, facts))
            return work.id, session.turn()
