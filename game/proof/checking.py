"""`check`: what is wrong with a season that loads, found without playing it."""

from __future__ import annotations

from game.story import Finding, Story

from .check_board import check_board
from .check_conditions import check_conditions
from .check_graph import check_graph
from .check_prose import check_prose
from .check_report import Report
from .check_season import check_season
from .check_variables import check_variables

__all__ = ["check"]


def check(story: Story) -> list[Finding]:
    """Every finding, in the order of the files: errors, warnings, and what is due once more is written.

    What came up in loading is among them. A season that does not load raises StoryError from `Story.load`,
    with findings of the same kind.
    """
    report = Report(story)
    report.items += story.findings
    for rule in (check_variables, check_conditions, check_season, check_graph, check_board, check_prose):
        rule(report)
    return report.sorted()
