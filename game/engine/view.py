"""What the reader sees, as data.

`Play.view` returns a `View`. Nothing here knows how it will be shown: the full-screen game, the plain
one and the tests all read the same values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

__all__ = ["Heading", "Notice", "NoticeKind", "Offer", "QuestionView", "Spoken", "TheoryView", "View"]

NoticeKind = Literal[
    "trust",
    "dial",
    "clue",
    "death",
    "blame",
    "turn",
    "lead_gone",
    "question",
    "contradicted",
    "pinned",
    "unpinned",
]


class Heading(str):
    """A paragraph that says where and when what follows happens: `Alias Investigations. Tuesday, noon`.

    It stands in a move's text wherever the scene moves, so that a reader always knows. `place` is a place's
    id, `time` as written or None.
    """

    __slots__ = ("place", "time")
    place: str
    time: str | None

    def __new__(cls, name: str, place: str, time: str | None) -> Heading:
        self = super().__new__(cls, f"{name}. {time}" if time else name)
        self.place = place
        self.time = time
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (Heading._again, (str(self), self.place, self.time))

    @classmethod
    def _again(cls, text: str, place: str, time: str | None) -> Heading:
        self = super().__new__(cls, text)
        self.place = place
        self.time = time
        return self


class Spoken(str):
    """A paragraph that belongs to a voice. Everywhere else a paragraph is a plain `str`.

    `speaker` is a person's id. Emphasis stands in the text as `*word*`, as in every paragraph.
    """

    __slots__ = ("speaker",)
    speaker: str

    def __new__(cls, text: str, speaker: str) -> Spoken:
        self = super().__new__(cls, text)
        self.speaker = speaker
        return self

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return (str(self), self.speaker)


class Offer(msgspec.Struct, frozen=True, gc=False):
    """One line of the menu.

    `id` is what `Play.choose` takes. `locked` is the reason it cannot be chosen, or None.
    `echo` is what stays in the transcript once chosen (may be empty). `hours` is what a lead costs,
    `known` what is known about it. `voice` is the id of a person whose line this is.
    """

    id: str
    text: str
    locked: str | None = None
    echo: str = ""
    hours: int | None = None
    known: str | None = None
    voice: str | None = None


class Notice(msgspec.Struct, frozen=True, gc=False):
    """Something that changed in this move, to be told in one short line where it happened.

    `subject` is an id (person, clue, turn, lead, question), `name` how a reader knows it, `before` and
    `after` are words, `rose` says whether it went up. `text` is the one line that both front ends show.
    """

    kind: NoticeKind
    subject: str
    name: str
    before: str = ""
    after: str = ""
    rose: bool = False

    @property
    def text(self) -> str:
        """The line, without any mark of its kind."""
        match self.kind:
            case "trust":
                how = "more" if self.rose else "less"
                return f"{self.name} trusts you {how}: {self.before} → {self.after}"
            case "clue":
                return f"In the casebook: {self.name}"
            case "death":
                return f"{self.name} is dead."
            case "blame":
                return f"{self.name}: you blame {self.after}."
            case "turn":
                return f"{self.name}: {self.after}"
            case "dial":
                return f"{self.name}: {self.before} → {self.after}"
            case "lead_gone":
                return f"Too late: {self.name}"
            case "question":
                return f"On the Board: {self.name}"
            case "contradicted":
                return f"This does not fit what is on the Board: {self.name}"
            case "pinned":
                return f"Pinned: {self.name} {self.after}"
            case "unpinned":
                return f"Taken down: {self.name}"


class TheoryView(msgspec.Struct, frozen=True, gc=False):
    """One answer to a question. `carried` says whether what she knows would carry it."""

    id: str
    title: str
    carried: bool


class QuestionView(msgspec.Struct, frozen=True, gc=False):
    """A question on the Board.

    `pins` are the ids of known clues that can be pinned to it, `standing` the theory that is up (or
    None), `pinned` the clues that hold it, `contradicted` whether she knows better by now.
    """

    id: str
    text: str
    theories: tuple[TheoryView, ...]
    pins: tuple[str, ...]
    standing: str | None = None
    pinned: tuple[str, ...] = ()
    contradicted: bool = False


class View(msgspec.Struct, frozen=True, gc=False):
    """Everything a front end needs after a move.

    `paragraphs` is the text composed by this move, in order, a `Heading` wherever the scene moves; `choices`
    the menu, locked ones included. `hours` is the clock where it runs, else None. `ending` is an ending's id
    once the play is over (`to_be_continued` where the written season stops), `closing` an episode's id while
    its close is on the table. `board` says that pinning is a move here. `stuck` is true where nothing can be
    done and nothing has ended: a fault of the story. `dials` are (name, word) as a player reads them.
    `softened` is what a player who passes over scenes of self-harm reads in place of `paragraphs`; None
    where there is no such scene. `told_before` says for each heading how many notices stand above it (see
    `told`); it is empty where nothing is told or the scene does not move.
    """

    episode: str
    scene: str
    passage: str
    place: str
    time: str | None
    hours: int | None
    paragraphs: tuple[str, ...]
    choices: tuple[Offer, ...]
    notices: tuple[Notice, ...]
    questions: tuple[QuestionView, ...]
    board: bool = False
    ending: str | None = None
    closing: str | None = None
    stuck: bool = False
    dials: tuple[tuple[str, str], ...] = ()
    softened: tuple[str, ...] | None = None
    told_before: tuple[int, ...] = ()

    def told(self) -> Iterator[str | Notice]:
        """The paragraphs and the notices in the order of reading: what an answer brought stands under it,
        above the heading of the scene it leads to. Notices of text that is passed over come last."""
        headings = sum(type(paragraph) is Heading for paragraph in self.paragraphs)
        before = iter(self.told_before if headings == len(self.told_before) else ())
        said = 0
        for paragraph in self.paragraphs:
            if type(paragraph) is Heading:
                upto = next(before, said)
                yield from self.notices[said:upto]
                said = upto
            yield paragraph
        yield from self.notices[said:]
