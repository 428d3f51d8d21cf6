"""What happened in a move, put together as the `View` that front ends read."""

from __future__ import annotations

from collections.abc import Sequence

from game.story.model import Passage
from game.story.ops import Tell
from game.story.variables import word_of

from .board import question_views
from .casebook import Event
from .compiling import Code
from .program import Program
from .view import Heading, Notice, Offer, QuestionView, View

__all__ = ["END_CARD", "Summed", "compose_view"]

END_CARD = "to_be_continued"
"""`View.ending` where the written part of the season stops. It is no ending, and the play can go on once the
next episode is there."""

SHOWN = frozenset(
    {"trust", "dial", "clue", "death", "lead_gone", "question", "contradicted", "pinned", "unpinned"}
)
"""The notices a player is told. Turns and blame are in the log for the casebook and the map."""

Summed = tuple[int, int, list[str]]
"""(first paragraph, end, the summary that stands for them)"""


def compose_view(
    program: Program,
    code: Code,
    state: list[int],
    offers: tuple[Offer, ...],
    out: Sequence[str],
    events: Sequence[Event],
    summed: Sequence[Summed],
    heading: Heading | None,
    marks: Sequence[int],
) -> View:
    """The view at a passage, after a move that left `out` to be read and `events` to be told.

    `marks` says for each heading in `out` how many of the events came before it.
    """
    passage, ending = code.passage, code.passage.ending
    if ending is not None:
        out = [*out, *_epilogues(program, state)]
    if passage.closing is not None and not offers:
        ending = END_CARD
    return View(
        episode=passage.episode,
        scene=passage.scene,
        passage=passage.id,
        place=heading.place if heading else passage.place,  # openings and closes are where the last scene was
        time=heading.time if heading else None,
        hours=_hours(program, passage, state),
        paragraphs=_without_empty_scenes(out),
        choices=offers,
        notices=tuple(_notice(event) for event in events if event[0].notice in SHOWN) if events else (),
        told_before=_told_before(out, events, marks) if events and marks else (),
        questions=_questions(program, passage, state),
        board=passage.board,
        ending=ending,
        closing=passage.closing,
        dials=tuple((dial.label, word_of(dial, program.layout.get(state, dial))) for dial in program.dials),
        stuck=ending is None and not any(offer.locked is None for offer in offers),
        softened=_without_empty_scenes(_soften(out, summed)) if summed else None,
    )


def _soften(out: Sequence[str], summed: Sequence[Summed]) -> list[str]:
    softened = list(out)
    for start, end, summary in reversed(summed):
        softened[start:end] = summary
    return softened


def _hours(program: Program, passage: Passage, state: list[int]) -> int | None:
    """The clock, where it runs: in the hub and on its leads."""
    slots = program.layout.slot
    hours = slots.get(f"hours.{passage.episode}")
    if hours is None:
        return None
    if passage.id != passage.hub and not state[slots[f"active.{passage.episode}"]]:
        return None
    return state[hours]


def _questions(program: Program, passage: Passage, state: list[int]) -> tuple[QuestionView, ...]:
    if not program.story.questions:
        return ()
    return question_views(program.story, program.layout, state, passage.episode)


def _epilogues(program: Program, state: list[int]) -> list[str]:
    """For each person the first epilogue that fits."""
    out: list[str] = []
    for entries in program.story.epilogues.values():
        for entry in entries:
            if program.holds(entry.when, state):
                out += program.compose(entry.text, state)
                break
    return out


def _without_empty_scenes(out: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs, without a heading under which nothing was read."""
    if not any(type(paragraph) is Heading for paragraph in out):
        return tuple(out)
    return tuple(
        paragraph for n, paragraph in enumerate(out) if type(paragraph) is not Heading or _is_read(out, n)
    )


def _is_read(out: Sequence[str], heading: int) -> bool:
    """Whether there is anything to read between this heading and the next."""
    return heading + 1 < len(out) and type(out[heading + 1]) is not Heading


def _told_before(out: Sequence[str], events: Sequence[Event], marks: Sequence[int]) -> tuple[int, ...]:
    """For each heading that is read, how many notices belong to what stands above it."""
    headings = [n for n, paragraph in enumerate(out) if type(paragraph) is Heading]
    return tuple(
        sum(event[0].notice in SHOWN for event in events[:mark])
        for n, mark in zip(headings, marks, strict=True)
        if _is_read(out, n)
    )


def _notice(event: Event) -> Notice:
    op, before, after = event
    if isinstance(op, Tell):
        return Notice(op.notice, op.subject, op.name)  # type: ignore[arg-type]
    variable = op.variable
    return Notice(
        op.notice,  # type: ignore[arg-type]
        variable.name.rpartition(".")[2],
        variable.label,
        word_of(variable, before),
        word_of(variable, after),
        after > before,
    )
