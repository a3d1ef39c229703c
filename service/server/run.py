"""The service as a process, or several: its socket, its workers, its end."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from krynica.classifier.errors import KrynicaError
from krynica.service.process import DEBUG, quiet_libraries
from krynica.service.terminal import flush_or_forget, prepare_streams, say
from krynica.service.web.settings import SHARED_COUNTS, Settings, read_settings

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp, Receive, Scope, Send

_BACKLOG = 2048
_ARENAS = -8
"""M_ARENA_MAX of glibc's mallopt(3)."""
_WORKER_CANNOT_START = 3
"""Exit status by which uvicorn knows that another worker would not start either."""


def run(settings: Settings) -> None:
    """Serve until told to stop; requests under way are answered first.

    Parameters
    ----------
    settings
        What the operator set; workers read the same anew, from the environment.

    Raises
    ------
    classifier.errors.KrynicaError
        If the port is taken, or no worker can start.
    """
    _log_nothing()
    with _listening(settings) as listener:
        config = _config(settings)
        say(f"Krynica is at {_address(settings, listener)} (Ctrl-C stops it).")
        if settings.workers == 1:
            _run_one(config, listener)
        else:
            _run_many(config, listener)


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Listen before anything else, so that who reads the address can come at once."""
    try:
        family, kind, number, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, number)
    except (OSError, UnicodeError) as error:
        raise KrynicaError(f"There is no address {settings.host} on this machine.") from error
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(where)
            listener.listen(_BACKLOG)
        except OSError as error:
            raise KrynicaError(_not_bound(settings, error)) from error
        yield listener


def _not_bound(settings: Settings, error: OSError) -> str:
    reason = os.strerror(error.errno) if error.errno else "it cannot be listened on"
    return (
        f"Port {settings.port} of {settings.host} cannot be used: {reason[:1].lower()}{reason[1:]}."
        " Choose another with --port."
    )


def _address(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}/"


def _config(settings: Settings) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        "krynica.service.server.run:served",
        factory=True,
        http="krynica.service.web.protocol:PatientProtocol",
        loop="asyncio",
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
        workers=settings.workers,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=settings.grace,
    )


def _run_one(config: uvicorn.Config, listener: socket.socket) -> None:
    import uvicorn

    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    except SystemExit as leaving:
        # Once it has stopped in good order, uvicorn raises the signal that told it to anew.
        if leaving.code != 128 + signal.SIGTERM:
            raise


def _run_many(config: uvicorn.Config, listener: socket.socket) -> None:
    from uvicorn.supervisors import Multiprocess

    with tempfile.TemporaryDirectory(prefix="krynica-") as shared:
        os.environ[SHARED_COUNTS] = shared
        _keep_ctrl_c_from_workers()
        workers = Multiprocess(config, sockets=[listener])
        workers.run()
    if any(process.exitcode == _WORKER_CANNOT_START for process in workers.processes):
        raise KrynicaError("No worker could start.")


def _keep_ctrl_c_from_workers() -> None:
    """Have workers begin deaf to Ctrl-C: a terminal sends it to all, and the first ends the others.

    One that is still importing would answer it with a traceback. What is blocked in the thread
    that starts them is blocked in them; another thread takes the signal for this process.
    """
    resource_tracker.ensure_running()  # which would lift what is blocked, were it to begin later
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def served() -> ASGIApp:
    """Make the application of one process; uvicorn calls this, in each worker.

    Returns
    -------
    ASGI application
        That ends its process at the end of its life, even where a thread is still at work.
    """
    from krynica.service.server.app import create_app
    from krynica.service.web.protocol import PatientProtocol

    prepare_streams()
    quiet_libraries()
    _log_nothing()
    _keep_memory_together()
    if multiprocessing.parent_process() is not None:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    settings = read_settings()
    PatientProtocol.answer_seconds = settings.seconds  # uvicorn makes it, and passes nothing on
    app = create_app(settings, on_failure=_give_up)

    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        if scope["type"] == "lifespan" and not app.state.scorer.is_idle:
            # A thread cannot be stopped, and Python would wait for it.
            flush_or_forget()
            os._exit(0)

    return whole


def _keep_memory_together() -> None:
    """Have all threads take memory from two arenas where the C library is glibc.

    With one a thread, as it would have, what long texts took is kept by each: under attack a third
    more memory.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENAS, 2)


def _log_nothing() -> None:
    """Keep the server's log shut: it holds errors, which quote texts, and which are answered."""
    if os.environ.get(DEBUG) != "1":
        logging.getLogger().addHandler(logging.NullHandler())


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _give_up(error: Exception) -> None:
    from krynica.service.errors import explain

    say(explain(error))
    flush_or_forget()
    os._exit(_WORKER_CANNOT_START if multiprocessing.parent_process() else 1)
