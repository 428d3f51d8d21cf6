"""One module per command. What a module must have stands in `game.cli.parser`."""

__all__: list[str] = []
