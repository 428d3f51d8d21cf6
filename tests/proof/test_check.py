"""What `check` tells an author. Each story marks the lines that deserve a finding, as a comment in the file:

`# warn unused` on the line itself, `# error never +2` two lines above it (prose has no comments of its own).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from game.cli import main
from game.proof import check
from game.story import Finding, Story

STORIES = Path(__file__).parent / "stories"
MARK = re.compile(r"# (error|warn|due) ([a-z-]+)(?: \+(\d+))?")


def findings(name: str) -> list[Finding]:
    return check(Story.load(STORIES / name))


def marked(name: str) -> list[tuple[str, int, str, str]]:
    found = []
    for path in sorted((STORIES / name).rglob("*.yaml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for severity, code, below in MARK.findall(line):
                severity = "warning" if severity == "warn" else severity
                found.append(
                    (path.relative_to(STORIES / name).as_posix(), number + int(below or 0), severity, code)
                )
    return sorted(found)


def said(name: str) -> list[tuple[str, int, str, str]]:
    root = (STORIES / name).resolve()
    return sorted(
        (Path(f.path).resolve().relative_to(root).as_posix(), f.line, f.severity, f.code)
        for f in findings(name)
    )


class TestEveryFindingStandsWhereItIs:
    """One story for each group of rules, with what is right beside what is wrong."""

    @pytest.mark.parametrize("name", ["variables", "conditions", "promises", "shapes", "prose", "board"])
    def test_the_marked_lines_and_no_others(self, name: str) -> None:
        assert said(name) == marked(name)

    def test_a_tidy_season_has_no_findings(self) -> None:
        assert findings("tidy") == []

    def test_the_caret_stands_under_what_is_meant(self) -> None:
        found = next(one for one in findings("board") if one.code == "too-late")
        assert found.quote[found.column - 1 :].startswith("late")
        found = next(one for one in findings("conditions") if "lamp and not lamp" in one.message)
        assert found.quote[found.column - 1 :].startswith("lamp and not lamp")

    def test_the_same_findings_every_time(self) -> None:
        assert findings("promises") == findings("promises")


class TestTheSeason:
    """The season as it ships."""

    def test_it_has_no_errors(self, season: Story) -> None:
        assert [one.render() for one in check(season) if one.severity == "error"] == []

    def test_every_finding_has_a_line(self, season: Story) -> None:
        for one in check(season):
            assert Path(one.path).is_file()
            assert one.quote, one.render()


class TestTheCommand:
    """`igh check`."""

    def test_errors_are_exit_code_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--scenes", str(STORIES / "conditions")]) == 1
        out = capsys.readouterr().out
        assert re.search(r"scene\.yaml:8:8: this can never hold", out)
        assert "3 errors, 2 warnings" in out

    def test_warnings_are_not(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--scenes", str(STORIES / "prose")]) == 0
        assert "warning: a label of 11 words" in capsys.readouterr().out

    def test_what_is_due_is_listed_when_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["check", "--scenes", str(STORIES / "promises")])
        short = capsys.readouterr().out
        main(["check", "--due", "--scenes", str(STORIES / "promises")])
        assert "b03" not in short
        assert "due: no scene has the beat `b03`" in capsys.readouterr().out

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--json", "--scenes", str(STORIES / "promises")]) == 1
        found = json.loads(capsys.readouterr().out)
        assert set(found) == {"errors", "warnings", "findings"}
        assert found["errors"] == sum(one["severity"] == "error" for one in found["findings"]) > 0
        assert {"path", "line", "column", "message", "severity"} <= set(found["findings"][0])

    def test_a_season_that_does_not_load_is_told_in_the_same_way(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "season.yaml").write_text("title: Broken\n", "utf-8")
        assert main(["check", "--json", "--scenes", str(tmp_path)]) == 1
        assert json.loads(capsys.readouterr().out)["errors"] > 0
