"""What a move put on the page, as blocks: prose, a voice, a place, what was chosen, a notice, a heading.

The transcript draws blocks and knows nothing of the story; this is where a turn of the session becomes
blocks, so that neither has to know the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from game.engine.view import Heading, Notice, Spoken
from game.tui.widgets.wrap import parse

if TYPE_CHECKING:
    from game.engine.view import NoticeKind
    from game.session import Turn

__all__ = ["MARKS", "Block", "BlockKind", "Person", "blocks_of"]

BlockKind = Literal["prose", "voice", "place", "chosen", "notice", "heading"]

MARKS: Final[Mapping[NoticeKind, str]] = {
    "trust": "±",
    "dial": "~",
    "clue": "◆",
    "death": "†",
    "blame": "→",
    "turn": "◇",
    "lead_gone": "×",
    "question": "?",
    "contradicted": "≠",
    "pinned": "●",
    "unpinned": "○",
}
"""What stands before a notice of each kind."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a voice: the name that marks it, and its color as CSS knows it (or nothing)."""

    name: str
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the page.

    `text` is without emphasis marks, `spans` is where the emphasis was, `lead` stands before its first line
    and `hang` before the others (the same number of cells). `speaker` is a person's id. `tight` says that no
    blank line comes before it. `named` cells at the start of a voice's text are its name.
    """

    kind: BlockKind
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    lead: str = ""
    hang: str = ""
    speaker: str | None = None
    named: int = 0
    tight: bool = False


def _paragraph(raw: str, speaker: str | None, name: str) -> Block:
    """A paragraph as it was composed. A voice has a bar at its side, and its name where it begins."""
    text, spans = parse(raw)
    if speaker is None:
        return Block("prose", text, spans)
    mark = f"{name}: " if name else ""
    moved = tuple((start + len(mark), end + len(mark)) for start, end in spans)
    return Block("voice", mark + text, moved, "▌ ", "▌ ", speaker, len(mark))


def blocks_of(turn: Turn, people: Mapping[str, Person], heading: str | None = None) -> list[Block]:
    """The blocks of one turn: the heading of an episode or what was chosen, the text, the notices."""
    blocks: list[Block] = []
    if heading is not None:
        blocks.append(Block("heading", heading))
    elif turn.echo:
        text, spans = parse(turn.echo)
        blocks.append(Block("chosen", text, spans, "▸ ", "  "))
    previous: str | None = None
    for raw in turn.view.told():
        if isinstance(raw, Notice):
            mark = MARKS.get(raw.kind, "·")
            tight = bool(blocks) and blocks[-1].kind == "notice"
            blocks.append(Block("notice", raw.text, (), f"{mark} ", "  ", tight=tight))
            continue
        if isinstance(raw, Heading):
            blocks.append(Block("place", raw, (), "── ", "   "))
            previous = None
            continue
        speaker = raw.speaker if isinstance(raw, Spoken) else None
        person = people.get(speaker) if speaker is not None else None
        name = "" if speaker == previous or speaker is None else person.name if person else speaker
        blocks.append(_paragraph(raw, speaker, name))
        previous = speaker
    return blocks
