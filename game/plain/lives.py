"""Every life there has been, by typed words: lives, life, compare, skip, share, replay, transcript, find.

Lives carry the numbers that `lives` gives. They are those of the tree: a life that was played on from its
end keeps its number, and one that did something else somewhere got a new one.
"""

from __future__ import annotations

from game.session.atlas import Atlas, Spot, atlas_of
from game.session.compare import compare
from game.session.compared import comparison_lines
from game.session.share import NoCode, code_of
from game.session.skip import skip
from game.session.transcript import search, write_markdown
from game.session.transfer import take_in_code

from .game import Game
from .page import plain, read_lines
from .words import numbers

__all__ = ["comparing", "find", "life", "lives", "map_search", "replay", "share", "skipping", "transcript"]

_MOST = 40
"""Lines of a list that nobody asked to be complete."""
_STOPPED = {
    "new": "Here is a choice that you have never made.",
    "unplayed": "You have made every choice here, but no life went on from just here.",
    "end": "There is nothing more to choose.",
}


def _choices(count: int) -> str:
    return f"{count} {'choice' if count == 1 else 'choices'}"


# Lives -----------------------------------------------------------------------------------------


def lives(game: Game, rest: str) -> None:
    """`lives`: every life, where it has come to, and which one this is."""
    atlas = atlas_of(game.session)
    here = _here(atlas)
    game.say("", "Your lives")
    for spot in atlas.lives():
        own = " This is the life you are in." if here is not None and spot.life == here.life else ""
        game.say(f"{spot.life}. {_where(atlas, spot)}, after {_choices(spot.number)}.{own}")
    game.say("", "`life 2` goes to where life 2 ends, `life 2 14` to where it was after 14 choices.")
    game.say("`compare 2` says what is different there.")


def life(game: Game, rest: str) -> None:
    """`life 2`, `life 2 14`: to the end of a life, or to a place in it."""
    atlas = atlas_of(game.session)
    wanted = numbers(rest)
    spot = atlas.life(wanted[0]) if wanted and len(wanted) <= 2 else None
    if spot is None:
        game.say("", "Say which life: `life 2`. `lives` lists them.")
        return
    if wanted and len(wanted) == 2:
        way = atlas.way(spot.node)
        if wanted[1] >= len(way):
            game.say("", f"Life {wanted[0]} has {_choices(spot.number)}.")
            return
        spot = way[wanted[1]]
    game.session.go(spot.node)
    game.say("", "You are there. The life you were in is kept.")
    game.show_here()


def _here(atlas: Atlas) -> Spot | None:
    return None if atlas.here is None else atlas.spots[atlas.here]


def _where(atlas: Atlas, spot: Spot) -> str:
    place = atlas.words.place(spot.passage)
    return f"{atlas.words.episode(spot.episode)}{f', {place}' if place else ''}"


def map_search(game: Game, words: str) -> None:
    """`map WORDS`: the decisions of every life that have these words about them."""
    atlas = atlas_of(game.session)
    found = list(atlas.find(words))
    game.say("", f"On the map: {words}")
    for spot in found[:_MOST]:
        turns = "".join(f" ({plain(turn.title)}: {plain(turn.told)})" for turn in atlas.turns(spot))
        game.say(f"- Life {spot.life}, choice {spot.number}: {plain(atlas.label(spot))}{turns}")
    if len(found) > _MOST:
        game.say(f"And {len(found) - _MOST} more.")
    if found:
        game.say("", "`life` and the two numbers goes there: `life 2 14`.")
    else:
        game.say("Nothing on the map has these words about it.")


# Comparing -------------------------------------------------------------------------------------


def comparing(game: Game, rest: str) -> None:
    """`compare 2`: this life, as it is now, and another; `compare 1 2`: two others."""
    atlas = atlas_of(game.session)
    wanted = numbers(rest) or []
    ends = [atlas.life(number) for number in wanted]
    here = _here(atlas)
    if not 1 <= len(wanted) <= 2 or None in ends or here is None:
        game.say("", "Say with which life: `compare 2`, or which two: `compare 1 2`. `lives` lists them.")
        return
    spots = [spot for spot in ends if spot is not None]
    names = [f"life {number}" for number in wanted]
    if len(spots) == 1:
        spots, names = [here, *spots], ["this life", *names]
    found = compare(game.story, game.session.store, spots[0].node, spots[1].node)
    game.console.say(["", *comparison_lines(found, names, atlas.words)])


# On and out ------------------------------------------------------------------------------------


def skipping(game: Game, rest: str) -> None:
    """`skip`: on as before, to the next choice that is new."""
    found = skip(game.session)
    if found.moves:
        game.say("", f"You go on as you did before, {_choices(found.moves)} further. {_STOPPED[found.why]}")
        game.show_here()
    else:
        game.say("", f"There is nothing to skip. {_STOPPED[found.why]}")


def share(game: Game, rest: str) -> None:
    """`share`: the code that replays this life."""
    if game.session.play.origin is not None:
        game.say("", "This life does not begin at the beginning, so there is no code for it.")
        return
    try:
        code = code_of(game.story, game.session.play.moves)
    except NoCode as problem:
        game.say("", str(problem))
        return
    game.say("", f"The code of this life, {len(code)} characters:", "", code)
    game.say("", "Whoever types `replay` and this code is where you are. Case and dashes do not matter.")


def replay(game: Game, rest: str) -> None:
    """`replay CODE`: to the last place of the life in a code, kept as a bookmark."""
    if not rest:
        game.say("", "Say `replay` and a code. `share` gives the one of this life.")
        return
    mark, note = take_in_code(game.story, game.session.store, rest)
    game.session.load(mark.id)
    game.say("", f"The life in this code is kept as `{mark.name}`. You are at its last place.")
    if note is not None:
        game.say("", note)
    game.show_here()


def transcript(game: Game, rest: str) -> None:
    """`transcript`: everything that was read, once more; `transcript FILE`: written to a file."""
    turns = game.as_read(game.session.transcript)
    if not rest:
        before = None
        for turn in turns:
            game.console.say(read_lines(game.story, turn, before))
            before = turn.view
        game.say("", "That is everything so far. `again` says where you are.")
        return
    try:
        path = write_markdown(rest, game.story, turns)
    except ValueError as problem:
        game.say("", str(problem))
    else:
        game.say("", f"Written to {path}, as Markdown.")


def find(game: Game, rest: str) -> None:
    """`find WORDS`: where something was read or chosen in this life."""
    hits = search(game.as_read(game.session.transcript), rest)
    if not rest:
        game.say("", "Say what to look for: `find gravel`.")
        return
    game.say("", f"In this life: {rest}")
    for hit in hits[:_MOST]:
        game.say(f"- After {_choices(hit.turn)}{', your choice' if hit.chosen else ''}: {hit.text}")
    if len(hits) > _MOST:
        game.say(f"And {len(hits) - _MOST} more.")
    if not hits:
        game.say("Nothing that you have read or chosen has these words in it.")
