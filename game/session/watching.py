"""Watching the scene files: what a writer saves is on the page where they stand.

The moves of the life are made again on the edited story. A story that does not load changes nothing: the
last good one is played on, and what is wrong with the new one is said in its place. Files are looked at, not
listened to: a few hundred of them take a millisecond, and every editor and every system works alike.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from game.engine import StoryFault
from game.saves import Path as SavedPath
from game.story import Story, StoryError
from game.story.findings import Finding
from game.story.story import default_folder

from .finding import find_again
from .session import Session

__all__ = ["EVERY", "Broken", "News", "Watch", "finding_lines"]

EVERY = 0.5
"""Seconds between two looks."""

_MOST = 8
"""Findings that are said at once."""

_WRAP = partial(textwrap.wrap, break_long_words=False, break_on_hyphens=False)  # a path stays in one piece

_TROUBLE = "The scenes cannot be read as they are now. You are still in the last story that was in order."

Stamp = dict[str, tuple[int, int, int]]


class Broken(msgspec.Struct, frozen=True):
    """The story cannot be read as it is now. `findings` says where and why; there is at least one."""

    findings: tuple[Finding, ...]


class News(msgspec.Struct, frozen=True):
    """What an edit came to. `text` is a sentence for the writer.

    `moved`: the player stands somewhere else now, and `text` says why. `changed`: what is read or offered
    is different. `findings`: the story cannot be read, and nothing has changed.
    """

    text: str
    moved: bool = False
    changed: bool = False
    findings: tuple[Finding, ...] = ()


class Watch:
    """Notices that scenes in `folder` (None: the game's own) have changed, and brings a session up to date.

    Make it before the story is read. `changed`, then `read`, which may be called in a thread, then
    `take_over`; or `look`, which is all three.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()
        self._stamp = self._look()
        self._broken = False
        self._lost: tuple[SavedPath, tuple[str, ...]] | None = None
        """A path that an edit has cut, and the moves that were left of it: it may be mended."""

    def changed(self) -> bool:
        """Whether any scene file has come, gone or been written since this was asked last."""
        stamp = self._look()
        changed, self._stamp = stamp != self._stamp, stamp
        return changed

    def read(self) -> Story | Broken:
        """The story as it is now. Never raises."""
        try:
            return Story.load(self._folder)
        except StoryError as error:
            return Broken(tuple(error.findings))
        except Exception as error:  # a file may go away while it is read; the place of the writer must not
            return self._faulty(f"the scenes cannot be read ({type(error).__name__}: {error})")

    def take_over(self, session: Session, story: Story | Broken) -> News:
        """Go on in this story, as near to where the session stands as there is."""
        if isinstance(story, Broken):
            return self._refused(story)
        before, moves = session.view, session.play.moves
        mended = self._mended(session, story)
        wanted = mended or (session.path if session.begun else None)
        try:
            told = session.retell(story, wanted)
        except StoryFault as fault:
            return self._refused(self._faulty(str(fault)))
        if wanted is not None and len(session.play.moves) < len(wanted.moves):
            self._lost = (wanted, session.play.moves)
        elif mended is not None or (self._lost is not None and self._lost[1] != moves):
            self._lost = None
        again, self._broken = self._broken, False
        changed = session.view != before
        text = ["The scenes are in order again." if again else "The scenes were read again."]
        if mended is not None:
            text.append("Your choices are all in them, and you are where you were.")
        if told is not None:
            text.append(told)
        elif not changed:
            text.append("Nothing is different here.")
        return News(" ".join(text), told is not None or mended is not None, changed)

    def look(self, session: Session) -> News | None:
        """What has come of edits since the last look; None if there were none."""
        return self.take_over(session, self.read()) if self.changed() else None

    def _mended(self, session: Session, story: Story) -> SavedPath | None:
        """A path that was cut and is whole again, if the player has not gone another way since."""
        if self._lost is None or session.play.moves != self._lost[1]:
            return None
        found = find_again(story, self._lost[0])
        return self._lost[0] if found.retraced.refused is None and not found.rooted else None

    def _refused(self, broken: Broken) -> News:
        self._broken = True
        return News(_TROUBLE, findings=broken.findings)

    def _faulty(self, message: str) -> Broken:
        return Broken((Finding(str(self._folder), 1, 1, message),))

    def _look(self) -> Stamp:
        stamp: Stamp = {}
        for pattern in ("*.yaml", "*/*.yaml"):
            for path in self._folder.glob(pattern):
                try:
                    found = path.stat()
                except OSError:  # it went away in this very moment
                    continue
                stamp[str(path)] = (found.st_mtime_ns, found.st_size, found.st_ino)
        return stamp


def finding_lines(findings: Sequence[Finding], width: int) -> list[str]:
    """Findings for a page `width` columns wide: place and message, the line it stands in, a caret.

    Of a long line, the part around the caret is shown. Only the first few findings are said.
    """
    lines: list[str] = []
    for finding in findings[:_MOST]:
        label = "" if finding.severity == "error" else f"{finding.severity}: "
        lines += ["", *_WRAP(f"{finding.place}: {label}{finding.message}", width)]
        if finding.quote:
            lines += _quoted(finding, width - 2)
        if finding.hint:
            lines += _WRAP(finding.hint, width, initial_indent="  ", subsequent_indent="  ")
    more = len(findings) - _MOST
    return [*lines[1:], *(["", f"And {more} more: `igh check` lists them."] if more > 0 else [])]


def _quoted(finding: Finding, room: int) -> list[str]:
    quote = finding.quote.replace("\t", " ")
    caret = min(finding.column - 1, len(quote))
    indent = len(quote) - len(quote.lstrip())
    start = max(0, caret - room + 12) or min(indent, caret)
    return [f"  {quote[start : start + room]}", f"  {' ' * (caret - start)}^"]
