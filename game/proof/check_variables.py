"""Names that are declared, set and read, or only some of it.

The rule of the season: what is set is read at least three times, at least once two or more episodes later.
"""

from __future__ import annotations

from game.story.variables import Variable

from .check_report import Report, Severity
from .refs_source import Site
from .refs_uses import Reading

__all__ = ["check_variables"]

ENOUGH = 3
LATER = 2


def check_variables(report: Report) -> None:
    """Note what is declared and unused, set and never read, read and never set, and read too little."""
    for variable in report.story.variables.values():
        if variable.kind not in ("flag", "trust", "dial", "dead", "theory"):
            continue
        readings = report.uses.decisive(variable.name)
        changed = report.uses.changed.get(variable.name, [])
        if variable.kind in ("dead", "theory"):
            _consequence(report, variable, readings, bool(changed))
        elif not readings and not changed:
            _note(report, variable, "is declared and never used", "unused", _due(report, variable))
        elif not readings:
            _note(report, variable, "is set and never read", "never-read", _due(report, variable))
        elif not changed:
            last = max((_index(report, one) for one in readings), default=0)
            before = report.unwritten_after(0) - report.unwritten_after(last + 1)
            severity = "due" if before else _due(report, variable)
            _note(report, variable, "is read and never set", "never-set", severity)
        elif not variable.local:
            first = min(report.index(change.site.episode) for change in changed if change.site.episode)
            _enough(report, variable, readings, first)


def _consequence(report: Report, variable: Variable, readings: list[Reading], happens: bool) -> None:
    """Deaths and theories: set by something that happens, and so to be remembered by something."""
    name = variable.name.partition(".")[2]
    if variable.kind == "theory":
        if not readings:
            episode = variable.episode or ""
            site = report.declared("questions", name, file="episode.yaml", episode=episode)
            later = report.later(report.index(episode) + 1)
            report.add(site, f"nothing asks what stands on the Board for `{name}`", "never-read", later)
    elif happens and not readings:
        deaths = report.uses.changed[variable.name]
        first = min(report.index(change.site.episode or report.order[0]) for change in deaths)
        message = f"`{name}` dies, and nothing later knows it"
        report.add(deaths[0].site, message, "never-read", report.later(first + 1), needle=name)
    elif readings and not happens:
        severity: Severity = "due" if report.unwritten_after(0) else "warning"
        message = f"`{variable.name}` is read, and `{name}` never dies"
        report.add(readings[0].site, message, "never-set", severity, needle=name)


def _enough(report: Report, variable: Variable, readings: list[Reading], first: int) -> None:
    late = [one for one in readings if _index(report, one) >= min(first + LATER, len(report.order) - 1)]
    few = len(readings) < ENOUGH
    soon = not late and first + 1 < len(report.order)
    if not few and not soon:
        return
    said = ["is read only once" if len(readings) == 1 else "is read only twice"] if few else []
    said += ["is never read two episodes later"] if soon else []
    severity = report.later(first + 1 if few else first + LATER)
    hint = "Three readings, one of them two episodes after it was set or later; or cut it."
    _note(report, variable, " and ".join(said), "few-readings", severity, hint)


def _index(report: Report, reading: Reading) -> int:
    """The number of the episode a reading stands in; epilogues come after the last."""
    return len(report.order) if reading.site.episode is None else report.index(reading.site.episode)


def _due(report: Report, variable: Variable) -> Severity:
    """An episode's own flag is that episode's affair; the season's may wait for what is not written."""
    if variable.local and variable.episode is not None:
        return "warning"
    return report.later()


def _site(report: Report, variable: Variable) -> Site:
    name = variable.name.partition(".")[2]
    if variable.kind == "trust":
        return report.declared("people", name, "trust", file="people.yaml")
    if variable.kind == "dial":
        return report.declared("dials", variable.name)
    if variable.episode is None:
        return report.declared("flags", variable.name)
    return report.declared("flags", variable.name, file="episode.yaml", episode=variable.episode)


def _note(
    report: Report, variable: Variable, message: str, code: str, severity: Severity, hint: str = ""
) -> None:
    report.add(_site(report, variable), f"`{variable.name}` {message}", code, severity, hint=hint)
