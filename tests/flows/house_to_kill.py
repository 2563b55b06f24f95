"""The whole house but for the model, as a process that a test may kill.

The judge is a function, so that a start takes no second. Arguments: database, folder, mail port.
"""

import asyncio
import sys
from pathlib import Path

from bot.app import Heard
from bot.child import BoundedChild
from bot.clock import utc_now
from bot.record import Record
from bot.serve import mail_server, when_told_to_stop, working
from classifier.personal.redact import redact
from tests.house import NO_PORTS, configured, judge


async def main(url: str, data: str, port: str) -> None:
    settings = NO_PORTS.model_copy(update={"smtp_port": int(port)})
    record = Record(configured(), database_url=url, data=Path(data), clock=utc_now)
    child = BoundedChild()
    lanes = Heard(record).handlers(judge, redact, child).lanes()
    stop = when_told_to_stop()
    async with working(record, lanes), mail_server(record, settings):
        print("ready", flush=True)
        await stop.wait()
    child.close()
    record.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
