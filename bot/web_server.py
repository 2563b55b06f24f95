"""Serve a web application beside whatever else the process does."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.applications import Starlette
from typing_extensions import override

from bot.serve import port_error


class Server(uvicorn.Server):
    """Uvicorn, in a process that has its own idea of signals."""

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def web_server(
    build: Callable[[int], Starlette], host: str, port: int, *, named: str
) -> AsyncIterator[str]:
    """Serve a web application while the context lasts, and give its address.

    It is built once its port is known.

    Raises:
        PortError: the port is taken, or not ours to take.
    """
    with _listening(host, port, named=named) as ear:
        config = uvicorn.Config(
            build(ear.getsockname()[1]),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            limit_concurrency=500,
        )
        server = Server(config)
        serving = asyncio.create_task(server.serve(sockets=[ear]))
        try:
            yield f"http://{host}:{ear.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@contextlib.contextmanager
def _listening(host: str, port: int, *, named: str) -> Iterator[socket.socket]:
    try:
        ear = socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise port_error(error, host, port, named) from error
    with ear:
        yield ear
