"""Time comes from outside, so that a test can set it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

#: Returns the present moment, with its zone.
Clock = Callable[[], datetime]

#: Whose calendar day counts. Inside, all times are UTC.
LONDON = ZoneInfo("Europe/London")
