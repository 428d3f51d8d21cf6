"""What is told at the close of an episode and of the season."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from game import Story
from game.proof.shares_file import season_hash
from game.saves import Store
from game.session import Session
from game.session.close import episode_close, season_close
from game.session.share import read_code

SMALL = Path(__file__).parent.parent / "stories" / "small"


def play(session: Session, *choices: str) -> None:
    for choice in choices:
        session.choose(choice)


@pytest.fixture
def closed(session: Session) -> Session:
    """The first episode, closed: Lem heard, the cellar seen, a theory pinned."""
    play(session, "hear", "cellar", "down")
    session.pin("who_fell", "fell", ["lamp"])
    play(session, "sleep")
    return session


def test_the_turns_and_how_they_came_out(closed: Session) -> None:
    [turn] = episode_close(closed).turns
    assert (turn.id, turn.outcome, turn.told, turn.share) == ("t1", "heard", "You let him talk", None)


def test_what_was_never_found_is_an_outline(closed: Session) -> None:
    """Its kind, and the length of its words; nothing that could be read."""
    found = episode_close(closed)
    assert found.found == 2
    [missed] = found.missed
    assert (missed.kind, missed.shape) == ("witness", (1, 6, 4, 3, 3))


def test_leads_the_board_and_the_dead(closed: Session) -> None:
    found = episode_close(closed)
    assert [lead.id for lead in found.leads] == ["rita"]
    [theory] = found.theories
    assert (theory.question, theory.standing, theory.contradicted) == ("who_fell", "He fell", False)
    assert [dead.name for dead in found.dead] == ["Lem Ortega"]


def test_a_question_left_open(session: Session) -> None:
    play(session, "hear", "sleep")
    assert episode_close(session).theories[0].standing == ""


def test_the_route_is_a_picture(closed: Session) -> None:
    """A death, a lead that brought a clue, a choice, a pin, the way out."""
    route = episode_close(closed).route
    assert route.marks == ("death", "clue", "choice", "pin", "choice")
    assert route.line == "†◆·■·"


def test_an_episode_before_this_one(closed: Session) -> None:
    """Its marks and leads are the same when it is looked back at."""
    before = episode_close(closed)
    play(closed, "continue", "stay")
    assert episode_close(closed, "e01") == before.__class__(
        **{
            **{name: getattr(before, name) for name in before.__struct_fields__},
            "route": before.route.__class__("e01", (*before.route.marks, "choice")),
        }
    )


def test_the_season(closed: Session) -> None:
    play(closed, "continue", "bus")
    found = season_close(closed)
    assert (found.ending, found.title, found.moves) == ("north", "Going north", 7)
    assert [each.episode for each in found.episodes] == ["e01", "e02"]
    assert found.code is not None
    assert read_code(closed.story, found.code).moves == closed.play.moves


def test_shares_are_read_and_never_made_up(tmp_path: Path) -> None:
    """From the file that ships with the season; only for its edition."""
    folder = shutil.copytree(SMALL, tmp_path / "story")
    kept = {
        "edition": "1",
        "hash": season_hash(folder),
        "runs": 100000,
        "seed": 1,
        "turns": {"t1": {"open": 0.0, "heard": 0.25, "thrown_out": 0.75}},
        "theories": {"who_fell": {"open": 0.9, "fell": 0.1}},
        "deaths": {"lem": 1.0},
        "endings": {"north": 0.5},
    }
    (folder / "shares.json").write_text(json.dumps(kept))
    for edition, turn, ending in (("1", 0.25, 0.5), ("2", None, None)):
        season = folder / "season.yaml"
        season.write_text(season.read_text().replace("edition: 1", f"edition: {edition}"))
        store = Store.open(tmp_path / f"saves{edition}")
        session = Session(Story.load(folder), store)
        session.new()
        play(session, "hear", "sleep", "continue", "bus")
        assert episode_close(session, "e01").turns[0].share == turn
        assert season_close(session).share == ending
        store.close()
