"""`igh map`: an episode as a graph."""

from __future__ import annotations

import argparse

from ..faults import BadArguments

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "an episode as a graph, for mermaid or Graphviz"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("episode", metavar="EPISODE", help="its id: e01")
    parser.add_argument(
        "--format", choices=("mermaid", "dot"), default="mermaid", help="mermaid unless given"
    )


def run(args: argparse.Namespace) -> int:
    from game.proof.graph_map import episode_map
    from game.story import Story

    story = Story.load(args.scenes)
    if args.episode not in story.written:
        raise BadArguments(f"{args.episode!r} is not a written episode; there are {', '.join(story.written)}")
    print(episode_map(story, args.episode, args.format), end="")
    return 0
