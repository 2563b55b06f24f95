"""The house as the edge cases use it: what comes in, and what its staff see and do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value, step_value, triage_card
from intake.domain.case import Action, Kind
from intake.domain.summary import CaseLine, MessageSummary
from intake.store.casefile import load_casefile
from tests.flows.test_doors import notify
from tests.house import House


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


async def tweet(desk: Desk, text: str) -> None:
    post = {"id": "p1", "text": text, "author": "@cold_flat", "public": True}
    post["posted_at"] = desk.house.now.isoformat()
    assert (await notify(desk.house, post)).status_code == 202
