"""What a reader, or a screen reader, would stumble over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.story.model import Choice, Passage
from game.story.prose import Paragraph, Text

from .check_report import Report
from .refs_source import Site
from .stats_stretches import Stretch, stretches
from .stats_words import longest_text, strings, words_in

__all__ = ["check_prose"]

LABEL = 9
STRETCH = 300
EXHIBIT = 40

_DRAWN = re.compile("[\u2500-\u25ff\u2800-\u28ff]{2,}")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")
_ART = re.compile(r"(?:[=_~#|/\\<>^+-]\s?){4,}|\.{5,}")
_STARS = re.compile(r"\*{3,}|(?:\*\s+){2,}\*")
_CAPS = re.compile(r"(?:\b[A-Z][A-Z'’]+\b[\s,.;:!?]*){4,}")
_SPOKEN = re.compile(r"[\"“]([^\"“”]*[.,?!…—-])[\"”]")
_VERB = r"\b(?:says|said|asks|asked|tells|calls|shouts|goes on)\b"
_AFTER = r"[.,?!…—-][\"”]\s+(?!you\b)(?:[\w.'’-]+\s){0,4}?" + _VERB
_BEFORE = _VERB + r"[^\"“”.]{0,40}[,:]\s*[\"“]"
_THEIRS = re.compile(f"{_AFTER}|{_BEFORE}", re.IGNORECASE)


def check_prose(report: Report) -> None:
    """Note what is wrong with how it reads."""
    for passage in report.story.passages.values():
        if passage.scene:
            _labels(report, passage)
            _speakers(report, passage)
            for site, text in _prose(report, passage):
                _stumbles(report, site, text)
    for person, entries in report.story.epilogues.items():
        for entry in entries:
            _stumbles(report, report.declared("epilogues", person, entry.id), entry.text)
    _exhibits(report)
    for stretch in stretches(report.story):
        if stretch.words > STRETCH:
            _too_long(report, stretch)


def _labels(report: Report, passage: Passage) -> None:
    for choice in passage.choices:
        words = longest_text(choice.text)
        if words > LABEL:
            message = f"a label of {words} words; {LABEL} are the most"
            report.add(report.passage(passage.id, "text", choice=choice.id), message, "long-label")


def _too_long(report: Report, stretch: Stretch) -> None:
    site = report.passage(stretch.passage, choice=stretch.choice)
    message = f"up to {stretch.words} words to the next choice, at `{stretch.end}`; {STRETCH} are the most"
    report.add(site, message, "long-stretch")


def _prose(report: Report, passage: Passage) -> Iterator[tuple[Site, Text]]:
    if passage.text is not None:
        yield report.passage(passage.id, "text"), passage.text
    for choice in passage.choices:
        yield report.passage(passage.id, "text", choice=choice.id), choice.text
        if choice.then is not None:
            yield report.passage(passage.id, "then", choice=choice.id), choice.then
        if choice.locked is not None:
            yield report.passage(passage.id, "locked", choice=choice.id), choice.locked


def _stumbles(report: Report, site: Site, text: Text) -> None:
    for part in strings(text):
        for pattern, what in (
            (_DRAWN, "characters that draw a picture"),
            (_EMOJI, "an emoji"),
            (_STARS, "a row of asterisks"),
            (_ART, "a row of signs"),
            (_CAPS, "a run of capitals"),
        ):
            found = pattern.search(part)
            if found is not None:
                quoted = found[0].strip()
                needle = quoted[:20].rpartition(" ")[0] or quoted
                hint = "A screen reader spells it out. Say it in words, or put it into an exhibit."
                report.add(site, f"{what}: `{quoted[:40]}`", "stumble", needle=needle, hint=hint)


def _exhibits(report: Report) -> None:
    for clue in report.story.clues.values():
        if clue.exhibit is None:
            continue
        site = report.declared("clues", clue.id, "exhibit", "text", file="clues.yaml", episode=clue.episode)
        lines = clue.exhibit.text.count("\n") + 1
        if lines > EXHIBIT:
            report.add(site, f"an exhibit of {lines} lines; {EXHIBIT} are the most", "long-exhibit")
        for pattern, what in ((_DRAWN, "characters that draw a picture"), (_EMOJI, "an emoji")):
            found = pattern.search(clue.exhibit.text)
            if found is not None:
                report.add(site, f"{what}: `{found[0][:40]}`", "stumble", needle=found[0][:20])


# Speakers --------------------------------------------------------------------------------------


def _speakers(report: Report, passage: Passage) -> None:
    """Somebody other than Jessica is quoted and nobody is declared. Estimated from who *says*."""
    if passage.speakers:
        return
    choice: Choice | None
    for choice, text in [(None, passage.text), *((choice, choice.then) for choice in passage.choices)]:
        for paragraph in text.paragraphs if text is not None else ():
            quoted = _quoted(paragraph)
            if quoted:
                field = "text" if choice is None else "then"
                site = report.passage(passage.id, field, choice=None if choice is None else choice.id)
                hint = "`speakers: [trish]` on the passage, or `{coleman: recording}`."
                report.add(
                    site, "somebody is quoted and nobody speaks", "no-speaker", needle=quoted, hint=hint
                )
                return


def _quoted(paragraph: Paragraph) -> str:
    """The first words of a quotation that is not Jessica's, or nothing."""
    if paragraph.speaker is not None:
        return ""
    text = " ".join(strings(Text((paragraph,))))
    spoken = _SPOKEN.search(text)
    if spoken is None or (words_in(_SPOKEN.sub("", text)) and not _THEIRS.search(text)):
        return ""
    return " ".join(spoken[1].split()[:3])
