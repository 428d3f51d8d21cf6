"""The engine: a pure function from a story and the choices made to a state and what the reader sees."""

from .casebook import Casebook, ClueEntry, DeadEntry, PersonEntry
from .errors import NotOffered, ReplayError, StoryFault
from .play import END_CARD, Play
from .program import Program, program_of
from .state import State
from .view import Heading, Notice, Offer, QuestionView, Spoken, TheoryView, View

__all__ = [
    "END_CARD",
    "Casebook",
    "ClueEntry",
    "DeadEntry",
    "Heading",
    "NotOffered",
    "Notice",
    "Offer",
    "PersonEntry",
    "Play",
    "Program",
    "QuestionView",
    "ReplayError",
    "Spoken",
    "State",
    "StoryFault",
    "TheoryView",
    "View",
    "program_of",
]
