"""Spreading work over processes and machines, and gathering it in order.

The port is one function, ``spread(function, tasks)``, which gives the results in the order of the
tasks. :func:`serial` does the work here; :func:`pool` hands it to Dask workers. What is worked out
may not depend on where: a task carries all it needs, and one whose worker died is done again.
"""

from __future__ import annotations

import logging
import multiprocessing
import re
import signal
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from melian.problems import MelianError, OutsideError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")

INSTALL = 'Install what it takes: pip install "melian[scale]".'
MOST = 256
"""So many processes are started on one machine, at the most."""

_ADDRESS = re.compile(
    r"((tcp|tls|ws|wss)://)?(\w[\w.-]{0,254}|\[[0-9a-f:.]{2,45}(%\w+)?\]):(?P<port>[0-9]{1,5})",
    re.IGNORECASE,
)
_LAST_PORT = 65_535
_SUCH_AS = "Give the address that its scheduler printed, such as tcp://host:8786."
_DEATHS = 10  # a task that took so many workers with it is to blame itself
_SECONDS = 20  # within which a cluster must answer, and show a worker
_CLOSING = 10  # seconds within which processes must have ended by themselves


class Spread(Protocol):
    """Do tasks, wherever that is, and give the results in the order of the tasks."""

    def __call__(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result]:
        """Give the results, each when it and all before it are there."""


def serial(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """Do tasks one after the other, here."""
    return map(function, tasks)


@contextmanager
def pool(workers: int = 1, scheduler: str = "") -> Iterator[Spread]:
    """Give what spreads work, for as long as the context lasts.

    Args:
        workers: processes on this machine; with one, the work is done here.
        scheduler: address of a Dask cluster that is used instead, such as ``tcp://host:8786``.

    Raises:
        UsageError: the number of workers makes no sense, or both are given.
        OutsideError: Dask is not installed, there is no such cluster, or it fails.
    """
    if scheduler and workers != 1:
        raise UsageError("Give either a number of workers or the address of a cluster, not both.")
    if not 1 <= workers <= MOST:
        raise UsageError(f"{workers} workers cannot be started; give a number from 1 to {MOST}.")
    if scheduler and not _is_address(scheduler):
        raise UsageError(f'"{scheduler[:80]}" is no address of a cluster. {_SUCH_AS}')
    if workers == 1 and not scheduler:
        yield serial
        return
    dask, distributed = _installed("--scheduler" if scheduler else "--workers")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS}),
        _joined(distributed, scheduler) if scheduler else _started(distributed, workers) as client,
    ):
        yield _Over(client)


def _is_address(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    return found is not None and 1 <= int(found["port"]) <= _LAST_PORT


def _installed(option: str) -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise OutsideError(f"{option} needs Dask, which is not installed. {INSTALL}") from error
    return dask, distributed


@contextmanager
def _started(distributed: Any, workers: int) -> Iterator[Any]:
    """Start processes on this machine, and end them afterwards."""
    with ExitStack() as ending:
        with _interrupts_later():
            try:
                cluster = distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",  # any free port: several may run side by side
                    silence_logs=logging.CRITICAL,
                )
            except (OSError, RuntimeError) as error:
                raise OutsideError(f"The workers cannot be started: {error}.") from error
            ending.callback(_end, cluster)
            # It watches the garbage collector, and Ctrl-C is lost when it comes meanwhile.
            distributed.gc.disable_gc_diagnosis(force=True)
            client = distributed.Client(cluster, set_as_default=False)
            ending.callback(client.close, _CLOSING)
        yield client


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hold Ctrl-C back until the context ends, and from all that is started in it for good.

    Ctrl-C goes to every process of a terminal, but only this one is to end the others: a thread and
    a process hold back what the thread that starts them does. So do workers that take the place of
    dead ones, as a thread started here starts them.
    """
    if not hasattr(signal, "pthread_sigmask"):  # as on Windows
        yield
        return
    resource_tracker.ensure_running()  # when it starts, it lets the starting thread be interrupted
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(cluster: Any) -> None:
    """End a cluster, and kill what of it has not ended in time."""
    with _interrupts_later(), suppress(TimeoutError):
        cluster.close(timeout=_CLOSING)
    for child in multiprocessing.active_children():
        if child.name.startswith("Dask Worker"):
            child.kill()


@contextmanager
def _joined(distributed: Any, address: str) -> Iterator[Any]:
    """Join a cluster that runs already, and leave it as it is."""
    try:
        client = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except Exception as error:
        raise OutsideError(f"No Dask cluster answers at {address}. {_SUCH_AS}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError as error:
            raise OutsideError(
                f"The cluster at {address} has no workers; start some with: dask worker {address}"
            ) from error
        yield client


class _Over:
    """Spreads tasks over the workers that a client knows."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __call__(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result]:
        waiting = self._client.map(function, tasks, pure=False)[::-1]
        try:
            while waiting:
                yield self._result(waiting[-1])
                waiting.pop()  # the cluster forgets it
        finally:
            self._client.cancel(waiting)

    def _result(self, future: Any) -> Any:
        """Give the result of a task.

        Raises:
            OutsideError: the workers cannot do it, or the cluster is gone.
        """
        try:
            return future.result()
        except MelianError:
            raise
        except Exception as error:
            name = type(error).__name__
            raise OutsideError(
                f"The workers cannot do their task ({name}: {error}). They need this version of "
                "melian, and enough memory."
            ) from error
