"""`python -m game`: the same as `igh`, for where no script was installed."""

from __future__ import annotations

import sys

from game.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
