"""Time as the fake sees it: it stands still until a test moves it."""

import math
from collections import defaultdict

#: An instant in 2026, far from any change of the clocks.
START = 1_790_000_000.0


class MovableClock:
    """Seconds since 1970 that only a test moves."""

    def __init__(self, now: float = START) -> None:
        self.now = now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class PostRate:
    """About one post a second a channel, with short bursts (docs.slack.dev, rate limits)."""

    def __init__(self, clock: MovableClock, *, burst: int = 4) -> None:
        self.clock = clock
        self.burst = burst
        #: A test that is not about this switches it off.
        self.enforced = True
        self._due: defaultdict[str, float] = defaultdict(float)

    def wait(self, channel: str) -> int:
        """Count one post, or return the seconds to wait before it may be tried again."""
        due = max(self._due[channel], self.clock.now)
        ahead = due - self.clock.now
        if self.enforced and ahead > self.burst - 1:
            return math.ceil(ahead - self.burst + 1)
        self._due[channel] = due + 1
        return 0
