"""The screens, one to a file with its style sheet beside it; each is imported when it is first shown."""

from __future__ import annotations

__all__: list[str] = []
