"""What readers see of a case: sentences, lights, possible acts. Derived at the time of reading."""

from domain.case.views.acting import Action, actions
from domain.case.views.lights import Light, Lights, case_light, ledger, light
from domain.case.views.telling import title
from domain.case.views.terms import binding, deadline_of
from domain.case.views.waiting import IfNothing, WaitView, if_nothing_happens, next_sentence, wait

__all__ = [
    "Action", "IfNothing", "Light", "Lights", "WaitView", "actions", "binding", "case_light",
    "deadline_of", "if_nothing_happens", "ledger", "light", "next_sentence", "title", "wait",
]  # fmt: skip
