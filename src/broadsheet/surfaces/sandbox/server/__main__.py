"""Starts the sandbox network from a shell: python -m broadsheet.surfaces.sandbox.server."""

from pathlib import Path

import click

from broadsheet.surfaces.sandbox.server.serving import serve


@click.command()
@click.option("--home", type=click.Path(path_type=Path), required=True, help="Folder it keeps.")
@click.option("--port", type=click.IntRange(1, 65_535), required=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def main(home: Path, port: int, host: str) -> None:
    """Serve the sandbox network until it is told to stop."""
    serve(home, port=port, host=host)


if __name__ == "__main__":
    main()
