"""Turns per second of the engine, beside the best that plain Python does with the same story.

    python -m tests.benchmarks.bench_engine GENERATOR [--seconds 2] [--rounds 3]

GENERATOR is a script that writes one synthetic story as neutral JSON (`GENERATOR --out PATH` makes
PATH.json). It is turned into scene files in a temporary folder, loaded, and played with the same seeded
choices by the engine and by two references: a walk over trees, and one lambda per condition. Absolute
figures are noise on a shared machine, so rounds alternate and ratios of medians are what counts. Before
anything is timed, all of them must have read the same words.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.engine import Heading, Play, Program
from game.proof.walk_player import Pin, Walker
from game.story import Story
from tests.benchmarks.bench_references import LambdaPlayer, TreePlayer

CAP = 3_000
LOW, HIGH = -50, 50

Runner = Callable[[int, list[str] | None], int]
"""(seed, where to put what was read, or None) -> turns"""


def main() -> int:
    """Convert, verify, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("generator", type=Path)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "story"
        subprocess.run([sys.executable, args.generator, "--out", made], check=True, stdout=subprocess.DEVNULL)
        neutral = clamped(json.loads(made.with_suffix(".json").read_text("utf-8")))
        write_scenes(neutral, Path(folder) / "scenes")
        began = time.perf_counter()
        story = Story.load(Path(folder) / "scenes")
        print(f"loaded in {1000 * (time.perf_counter() - began):.0f} ms: {len(story.passages)} passages")
        verify(neutral, story)
        report(measure(runners(neutral, story), args.seconds, args.rounds))
    return 0


# The same story as scenes ----------------------------------------------------------------------


def clamped(neutral: dict[str, Any]) -> dict[str, Any]:
    """The story with its numbers kept between LOW and HIGH everywhere, because ours have a domain."""
    neutral["low"], neutral["high"] = LOW, HIGH
    return neutral


def write_scenes(neutral: dict[str, Any], folder: Path) -> None:
    """A season of one episode; 25 passages to a scene."""
    (folder / "e01").mkdir(parents=True)
    flags = []
    for name, value in neutral["vars"].items():
        yes_no = isinstance(value, bool)
        domain = "yes/no" if yes_no else f"{LOW}..{HIGH}"
        starts = ("yes" if value else "no") if yes_no else value
        flags.append(f"  {name}: {{domain: {domain}, starts: {starts}, about: A variable.}}")
    season = ["title: Synthetic", "edition: 1", "alliances: [low, high]", "episodes:", "  e01: {title: One}"]
    season += ["endings:", "  done: {title: Done}", "flags:", *flags]
    (folder / "season.yaml").write_text("\n".join(season) + "\n", "utf-8")
    (folder / "people.yaml").write_text("people: {}\n", "utf-8")
    (folder / "places.yaml").write_text("places:\n  here: {name: Here}\n", "utf-8")
    scenes = {passage["id"]: f"s{number // 25:03d}" for number, passage in enumerate(neutral["passages"])}
    opening = f"{scenes[neutral['start']]}.{neutral['start']}"
    (folder / "e01" / "episode.yaml").write_text(f"title: One\nopening: {opening}\n", "utf-8")
    files: dict[str, list[str]] = {}
    for passage in neutral["passages"]:
        scene = scenes[passage["id"]]
        head = [f"scene: {scene}", "title: A scene", "place: here", "passages:"]
        files.setdefault(scene, head).extend(passage_lines(passage, scenes))
    for scene, lines in files.items():
        (folder / "e01" / f"{scene}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def passage_lines(passage: dict[str, Any], scenes: dict[str, str]) -> list[str]:
    """One passage as YAML."""
    lines = [f"  {passage['id']}:", *effect_lines(passage["effects"], 4), "    text: |"]
    for number, block in enumerate(passage["text"]):
        text = block["t"]
        if "if" in block:
            text = f"{{{condition(block['if'])}: {text}}}"
        elif "var" in block:
            text = f"{text}{{={block['var']}}}{block['t2']}"
        lines += [*([""] if number else []), f"      {text}"]
    if passage.get("end"):
        return [*lines, "    ending: done"]
    lines.append("    choices:")
    for number, choice in enumerate(passage["choices"]):
        lines += [f"      c{number}:", f"        text: {choice['text']}"]
        lines += ["        once: true"] if choice["once"] else []
        lines += [f"        when: {condition(choice['if'])}"] if choice["if"] else []
        lines += effect_lines(choice["effects"], 8)
        lines.append(f"        to: {scenes[choice['to']]}.{choice['to']}")
    return lines


def effect_lines(effects: list[Any], indent: int) -> list[str]:
    """`set`, or blocks of it where one name is set twice."""
    if not effects:
        return []
    values = [f"{name}: {effect_value(op, value)}" for name, op, value in effects]
    if len({name for name, _, _ in effects}) == len(effects):
        return [" " * indent + f"set: {{{', '.join(values)}}}"]
    blocks = [f"{{when: b0 or not b0, set: {{{value}}}}}" for value in values]
    return [" " * indent + f"do: [{', '.join(blocks)}]"]


def effect_value(op: str, value: Any) -> str:
    """A value that sets, or a signed number that adds."""
    if op == "=":
        return "yes" if value else "no"
    return f"{op[0]}{value}"


def condition(written: list[Any]) -> str:
    """A condition in the language of the scenes."""
    op = written[0]
    if op in ("and", "or"):
        return f" {op} ".join(condition(part) for part in written[1:])
    return {"is": "{1}", "not": "not {1}"}.get(op, "{1} {0} {2}").format(*written)


# Playing ---------------------------------------------------------------------------------------


def engine_with_text(story: Story) -> Runner:
    """`Play.choose` and `Play.view`: what the game does."""

    def run(seed: int, read: list[str] | None) -> int:
        play, x, turns = Play(story), seed, 0
        view = play.view
        while True:
            if read is not None:
                read += [text for text in view.paragraphs if type(text) is not Heading]
            choices = view.choices
            if not choices or turns >= CAP:
                return turns
            if read is not None:
                read += [choice.text for choice in choices]
            x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
            view = play.choose(choices[(x >> 16) % len(choices)].id)
            turns += 1

    return run


def engine_without_text(story: Story) -> Runner:
    """The same, through `Program(story, prose=False)`."""
    program = Program(story, prose=False)

    def run(seed: int, read: list[str] | None) -> int:
        play, x, turns = Play(story, program), seed, 0
        view = play.view
        while True:
            choices = view.choices
            if not choices or turns >= CAP:
                return turns
            x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
            view = play.choose(choices[(x >> 16) % len(choices)].id)
            turns += 1

    return run


def random_tester(story: Story) -> Runner:
    """What `igh walk` plays with."""
    walker = Walker(story)

    def run(seed: int, read: list[str] | None) -> int:
        x = seed

        def pick(at: int, choices: list[str], pins: list[Pin]) -> int:
            nonlocal x
            x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
            return (x >> 16) % len(choices)

        return len(walker.play(pick).moves)

    return run


def runners(neutral: dict[str, Any], story: Story) -> dict[str, Runner]:
    """Everything that is measured, by name."""
    tree, lambdas = TreePlayer(neutral), LambdaPlayer(neutral)
    return {
        "engine, text": engine_with_text(story),
        "engine, no text": engine_without_text(story),
        "igh walk": random_tester(story),
        "tree walk, text": lambda seed, read: tree.play(seed, read, CAP),
        "lambdas, text": lambda seed, read: lambdas.play(seed, read, CAP),
    }


def verify(neutral: dict[str, Any], story: Story) -> None:
    """The engine and both references read the same words on the same seeds."""
    found = {}
    for name, run in runners(neutral, story).items():
        if not name.endswith(", text"):
            continue
        read: list[str] = []
        turns = sum(run(seed, read) for seed in range(1, 6))
        found[name] = (turns, zlib.crc32(" ".join(" ".join(read).split()).encode()))
    if len(set(found.values())) > 1:
        raise SystemExit(f"not the same story: {found}")
    print(f"same words everywhere: {next(iter(found.values()))}")


def measure(every: dict[str, Runner], seconds: float, rounds: int) -> dict[str, list[float]]:
    """Turns per second, some rounds of each, taking turns."""
    found: dict[str, list[float]] = {name: [] for name in every}
    for number in range(rounds + 1):
        for name, run in every.items():
            limit = seconds if number else seconds / 4  # the first is for warming up
            turns, seed, began = 0, 0, time.perf_counter()
            while (spent := time.perf_counter() - began) < limit:
                seed += 1
                turns += run(seed, None)
            if number:
                found[name].append(turns / spent)
    return found


def report(found: dict[str, list[float]]) -> None:
    """A line each, with the ratio to the lambdas."""
    lambdas = statistics.median(found["lambdas, text"])
    for name, rates in found.items():
        middle = statistics.median(rates)
        spread = f"{min(rates):,.0f}–{max(rates):,.0f}"
        print(f"{name:18}{middle:12,.0f} turns/s  {spread}  {middle / lambdas:5.2f} × lambdas")
    ratio = statistics.median(found["engine, text"]) / lambdas
    print(f"text: {ratio:.2f} × the lambda reference; 0.40 or more is asked")


if __name__ == "__main__":
    raise SystemExit(main())
