"""What every door does with what arrives: keep it, and only then answer."""

from collections.abc import Awaitable, Callable

from intake.domain.message import Delivery

#: Keeps a delivery and returns its reference once it is on disk.
Keep = Callable[[Delivery], Awaitable[str]]


class NotKeptError(Exception):
    """What arrived is not safe on disk, by a fault of ours: the sender must try again."""
