"""The casebook as words: clues with their exhibits, people, the dead; all of it, or what a word finds."""

from __future__ import annotations

from game.engine.casebook import Casebook, ClueEntry, DeadEntry, PersonEntry
from game.story import Story

from .page import episode_name, plain

__all__ = ["casebook_lines"]


def casebook_lines(story: Story, book: Casebook, word: str = "") -> list[str]:
    """The casebook. With `word`, only what has it in its text, in any case."""
    sought = word.casefold()
    clues = [_clue(story, entry) for entry in book.clues]
    people = [_person(entry) for entry in book.people]
    dead = [_dead(story, entry) for entry in book.dead]
    lines = ["", f"The casebook: {word}" if word else "The casebook"]
    found = False
    for title, entries in (("Clues", clues), ("People", people), ("The dead", dead)):
        kept = [entry for entry in entries if sought in "\n".join(entry).casefold()]
        found = found or bool(kept)
        if word and not kept:
            continue
        lines += ["", title]
        for entry in kept:
            lines += ["", *entry]
        if not kept:
            lines += ["", "Nothing yet." if title == "Clues" else "Nobody yet."]
    if word and not found:
        lines += ["", "Nothing in the casebook has that word in it."]
    return lines


def _clue(story: Story, clue: ClueEntry) -> list[str]:
    whence = ". ".join(
        part.rstrip(".")
        for part in (clue.source, clue.place, clue.time or "", episode_name(story, clue.episode))
        if part
    )
    lines = [plain(clue.title), f"  {plain(clue.claim)}", f"  From: {whence}."]
    if clue.note:
        lines.append(f"  My note: {plain(clue.note)}")
    if clue.exhibit is not None:
        lines.append(f"  Exhibit, {clue.exhibit.form}: {plain(clue.exhibit.title)}")
        lines += [f"    {line}" if line.strip() else "" for line in clue.exhibit.text.split("\n")]
        lines.append("  End of exhibit.")
    return lines


def _person(person: PersonEntry) -> list[str]:
    head = f"{person.name}: {person.standing}" if person.standing else person.name
    lines = [head]
    if person.about:
        lines.append(f"  {plain(person.about)}")
    return [*lines, *(f"  {plain(moved).replace(' → ', ' to ')}" for moved in person.moved)]


def _dead(story: Story, dead: DeadEntry) -> list[str]:
    lines = [f"{dead.name}. {plain(dead.how)}"]
    if dead.where:
        lines.append(f"  Where: {dead.where}. {episode_name(story, dead.episode)}.")
    lines.append(f"  You blame {dead.blame or 'nobody'}.")
    return lines
