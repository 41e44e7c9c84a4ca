"""What all tests share: none of them may hang."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 300  # a guard against hanging, far above what any test takes


@pytest.fixture(autouse=True)
def _never_hang() -> Iterator[None]:
    def stop(*_: object) -> None:
        pytest.fail(f"the test hung: it ran for more than {SECONDS} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
