"""How much there is of what, counted on the resolved season.

Words are those a player can read: the text of passages, labels, answers and reasons, what is said when a
lead is lost, clues with their exhibits, questions and theories, what is known of people, epilogues. Every
branch of a variation counts, because somebody wrote it. What the engine writes itself does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from game.story import Story
from game.story.model import Clue, Passage, Question, texts
from game.story.ops import Assign, Say
from game.story.prose import Text

from .effects import effects
from .stats_words import words_in, written_words

__all__ = ["EpisodeStats", "SeasonStats", "season_stats"]


class EpisodeStats(TypedDict):
    """The figures of one episode. `beats` is how many beats its scenes have."""

    id: str
    words: int
    passages: int
    choices: int
    conditional_choices: int
    inline_variations: int
    beats: int


class SeasonStats(TypedDict):
    """The figures of the season.

    `turns` and `endings` are those that can be reached: a turn that something takes, an ending that a passage
    is. `beats` has the scenes of every declared beat, and none of them is left out.
    """

    words: int
    passages: int
    choices: int
    episodes: list[EpisodeStats]
    clues: int
    turns: int
    endings: int
    beats: dict[str, list[str]]


def season_stats(story: Story) -> SeasonStats:
    """Count everything."""
    episodes = [_episode(story, name) for name in story.written]
    season_prose = [entry.text for entries in story.epilogues.values() for entry in entries]
    season_prose += [person.about for person in story.people.values() if person.about is not None]
    beats: dict[str, list[str]] = {name: [] for name in story.beats}
    for name in story.written:
        for scene in story.episodes[name].scenes.values():
            for beat in scene.beats:
                beats.setdefault(beat, []).append(scene.id)
    taken = {
        op.variable.name
        for passage in story.passages.values()
        for op in effects(passage)
        if isinstance(op, Assign) and op.variable.kind == "turn"
    }
    return {
        "words": sum(episode["words"] for episode in episodes) + sum(map(written_words, season_prose)),
        "passages": sum(episode["passages"] for episode in episodes),
        "choices": sum(episode["choices"] for episode in episodes),
        "episodes": episodes,
        "clues": len(story.clues),
        "turns": sum(turn.variable.name in taken for turn in story.turns.values()),
        "endings": len({passage.ending for passage in story.passages.values() if passage.ending}),
        "beats": beats,
    }


def _episode(story: Story, name: str) -> EpisodeStats:
    everything = [passage for passage in story.passages.values() if passage.episode == name]
    written = [passage for passage in everything if passage.scene]  # the others are made, not written
    prose = [*_said(everything), *(text for passage in written for text in texts(passage))]
    prose += [passage.text for passage in everything if not passage.scene and passage.text is not None]
    choices = [choice for passage in written for choice in passage.choices]
    clues = [clue for clue in story.clues.values() if clue.episode == name]
    words = sum(map(written_words, prose)) + sum(map(_clue_words, clues))
    words += sum(map(_question_words, story.episodes[name].questions.values()))
    return {
        "id": name,
        "words": words,
        "passages": len(written),
        "choices": len(choices),
        "conditional_choices": sum(choice.conditional for choice in choices),
        "inline_variations": sum(text.variations for text in prose),
        "beats": len({beat for scene in story.episodes[name].scenes.values() for beat in scene.beats}),
    }


def _said(passages: Iterable[Passage]) -> list[Text]:
    """What is said by effects, each once: a lead that can be lost in two ways has one text."""
    found: dict[int, Text] = {}
    for passage in passages:
        for op in effects(passage):
            if isinstance(op, Say) and op.text not in found.values():
                found[len(found)] = op.text
    return list(found.values())


def _clue_words(clue: Clue) -> int:
    read = [clue.title, clue.claim, clue.note]
    if clue.exhibit is not None:
        read += [clue.exhibit.title, clue.exhibit.text]
    return sum(map(words_in, read))


def _question_words(question: Question) -> int:
    titles = [question.text, *(theory.title for theory in question.theories.values())]
    answers = [theory.then for theory in question.theories.values() if theory.then is not None]
    return sum(map(words_in, titles)) + sum(map(written_words, answers))
