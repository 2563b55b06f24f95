"""The house as the edge cases use it: what comes in, and what its staff see and do."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.child import BoundedChild
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value, step_value, triage_card
from intake.channels.source import Source
from intake.domain.case import Action, Kind
from intake.domain.message import Channel
from intake.domain.policy import load_policy
from intake.domain.summary import CaseLine, MessageSummary
from intake.store.casefile import load_casefile
from tests.builders import landlord
from tests.flows.edge_rows import reads
from tests.flows.test_doors import SECRET, notify
from tests.house import House, configured, open_house

EVE = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)


@dataclass
class Desk:
    """The house, and what its staff do there."""

    house: House
    presses: int = 0

    async def see(self, of: int = 1) -> MessageSummary:
        await self.house.settle()
        return await self.house.heard.presses("oak").see(of)

    async def case(self, kind: Kind = Kind.COMPLAINT, of: int = 1) -> CaseLine:
        [case] = [case for case in (await self.see(of)).cases if case.kind is kind]
        return case

    async def card(self, of: int = 1) -> str:
        return str(triage_card(await self.see(of), now=self.house.now).blocks)

    async def due(self, kind: Kind = Kind.COMPLAINT, of: int = 1) -> dict[str, str]:
        """Return the days by the Code of a case, its target where the Code has none."""
        case = await self.case(kind, of)
        return {clock.name: str(clock.code or clock.target) for clock in case.clocks}

    async def hazards(self, of: int = 1) -> dict[str, str]:
        [hazard] = (await self.see(of)).hazards
        return {clock.name: str(clock.code) for clock in hazard.clocks}

    async def file(self, kind: Kind = Kind.COMPLAINT, of: int = 1) -> dict[str, Any]:
        reference = (await self.case(kind, of)).reference
        found = await self.house.record.db.read(load_casefile, reference, original=False)
        assert found is not None
        return found

    async def confirm(self, *kinds: Kind, of: int = 1) -> None:
        self.presses += 1
        value, key = button_value(await self.see(of)), f"p{self.presses}"
        filled = Filled(kinds=kinds, issues="Nobody came", outcome="A visit")
        pressed = Pressed(value=value, by="Asha", key=key)
        await self.house.heard.presses("oak").confirm(pressed, filled)
        await self.house.settle()

    async def take(
        self, step: Action, values: Mapping[str, str], kind: Kind = Kind.COMPLAINT, of: int = 1
    ) -> None:
        """Take a step, look at its letter, and let it go."""
        self.presses += 1
        case, key = await self.case(kind, of), f"p{self.presses}"
        value = step_value(await self.see(of), f"c{case.id}", step)
        take = self.house.heard.presses("oak").take
        letter = await take(Pressed(value=value, by="Asha", key=key), values)
        if letter is not None:
            seen = Pressed(value=letter["private_metadata"], by="Asha", key=key)
            assert await take(seen, values) is None
        await self.house.settle()

    async def decide(self, step: str, of: int = 2, by: str = "Bo") -> None:
        """Decide about a message that reads as a request for stage 2 of the first complaint."""
        self.presses += 1
        target = f"t{(await self.case()).id}"
        value = f"{button_value(await self.see(of))}:{target}:{step}"
        pressed = Pressed(value=value, by=by, key=f"p{self.presses}")
        presses = self.house.heard.presses("oak")
        await presses.ask(pressed)
        await presses.take(pressed, {})
        await self.house.settle()


Opener = Callable[..., AbstractAsyncContextManager[Desk]]


def opener_of(url: str, data: Path, child: BoundedChild) -> Opener:
    """Return what opens the house at a moment, under a policy, with the judge that we ship."""

    @asynccontextmanager
    async def opener(at: datetime = EVE, policy: str = "ombudsman-code") -> AsyncIterator[Desk]:
        source = Source(landlord="oak", secret=SECRET)
        known = configured(source=source, oak=landlord(policy=load_policy(policy)))
        survey = Source(landlord="oak", secret=SECRET, channel=Channel.SURVEY)
        known = replace(known, sources={**known.sources, "survey": survey})
        async with open_house(url, data, child, at, known, reads=reads) as house:
            yield Desk(house)

    return opener


async def tweet(desk: Desk, text: str) -> None:
    post = {"id": "p1", "text": text, "author": "@cold_flat", "public": True}
    post["posted_at"] = desk.house.now.isoformat()
    assert (await notify(desk.house, post)).status_code == 202


async def answer_survey(desk: Desk, text: str) -> None:
    """Answer the landlord's survey, whose tool tells us."""
    answer = {"id": "s1", "text": text, "author": "jo@example.org"}
    assert (await notify(desk.house, answer, to="survey")).status_code == 202
