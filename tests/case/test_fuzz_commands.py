"""Whatever is done to the files of a case, each command answers, or says in a sentence why not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_fuzz import WHICH, spoiled
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

if TYPE_CHECKING:
    from pathlib import Path

FUZZ = settings(
    max_examples=int(os.environ.get("MELIAN_FUZZ", "25")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
COMMANDS = (("check", "--json"), ("audit",), ("readings",), ("stability", "--count"), ("brief",))


def answers(folder: Path) -> None:
    """Run the commands: each ends with code 0 or 1, or with a sentence of ours."""
    for command, *options in COMMANDS:
        result = CliRunner().invoke(app, [command, str(folder), *options])
        if isinstance(result.exception, MelianError):
            assert str(result.exception).endswith((".", "?"))
        else:
            assert result.exit_code in (0, 1), (command, result.exception)
            assert result.exception is None or isinstance(result.exception, SystemExit)


@FUZZ
@given(WHICH, st.data())
def test_commands_on_spoiled_files(
    tmp_path_factory: Any, files: dict[str, bytes], data: Any
) -> None:
    folder = tmp_path_factory.mktemp("case")
    name = data.draw(st.sampled_from([*files, "case.yaml", "case.yaml"]))
    spoilt = data.draw(spoiled(files[name].decode("utf-8")))
    for file, content in files.items():
        (folder / file).write_bytes(content)
    (folder / name).write_bytes(spoilt.encode("utf-8", errors="surrogatepass"))
    answers(folder)
