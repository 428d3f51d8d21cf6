"""The investigation: clues that can be had, shown and pinned, and questions that keep their answer."""

from __future__ import annotations

from game.story.model import Clue, Question

from .check_report import Report

__all__ = ["check_board"]

PINS = 8


def check_board(report: Report) -> None:
    """Note clues nobody learns, shows or needs, and questions that are too small."""
    pinned: set[str | None] = set()
    for question in report.story.questions.values():
        pinned |= {*question.pins, *(theory.contradicted_by for theory in question.theories.values())}
    for clue in report.story.clues.values():
        _learned(report, clue)
        _used(report, clue, clue.id in pinned)
        _shown(report, clue)
    for question in report.story.questions.values():
        _question(report, question)


def _learned(report: Report, clue: Clue) -> None:
    if clue.variable.name not in report.uses.changed:
        site = report.declared("clues", clue.id, file="clues.yaml", episode=clue.episode)
        report.add(site, f"`{clue.id}` is never learned", "never-learned", "error")


def _used(report: Report, clue: Clue, pinned: bool) -> None:
    if not pinned and not report.uses.decisive(clue.variable.name):
        site = report.declared("clues", clue.id, file="clues.yaml", episode=clue.episode)
        message = f"`{clue.id}` is learned, and nothing asks for it: no condition, no question"
        report.add(site, message, "never-read", report.later(report.index(clue.episode) + 1))


def _shown(report: Report, clue: Clue) -> None:
    """Let every clue be put to every person it implicates, in a scene where they speak."""
    story = report.story
    speaking: set[str] = set()
    for passage in story.passages.values():
        if any(choice.show == clue.id for choice in passage.choices):
            scene = story.episodes[passage.episode].scenes[passage.scene]
            speaking.update(name for one in scene.passages for name, _ in story.passages[one].speakers)
    for person in clue.implicates:
        if person not in speaking:
            site = report.declared("clues", clue.id, "implicates", file="clues.yaml", episode=clue.episode)
            message = f"`{clue.id}` implicates {person}, and nobody can show it to them"
            later = report.later(report.index(clue.episode) + 1)
            report.add(site, message, "never-shown", later, needle=person)


def _question(report: Report, question: Question) -> None:
    if len(question.pins) < PINS:
        site = report.declared("questions", question.id, file="episode.yaml", episode=question.episode)
        message = f"`{question.id}` has {len(question.pins)} possible pins; {PINS} or more hide the answer"
        report.add(site, message, "few-pins")
    now = report.index(question.episode)
    for theory in question.theories.values():
        for clue in sorted({clue for carrying in theory.carried_by for clue in carrying}):
            learned = [
                report.index(change.site.episode)
                for change in report.uses.changed.get(f"clue.{clue}", [])
                if change.site.episode is not None
            ]
            if learned and min(learned) > now:
                keys = ("questions", question.id, "theories", theory.id, "carried_by")
                site = report.declared(*keys, file="episode.yaml", episode=question.episode)
                first = report.order[min(learned)]
                message = f"`{clue}` carries `{theory.id}`, and is first learned in {first}"
                report.add(site, message, "too-late", needle=clue)
