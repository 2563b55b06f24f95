"""A real mail server hands its mail over to us: what we cannot take now, it brings again."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosmtplib
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from intake.store.base import Base
from intake.store.tables import DeliveryRow, MessageRow
from tests.flows.test_killed import mail
from tests.house import House, configured, open_house

MAILS = 40
INSTALL_WITHIN, PATIENCE = 120, 90  # seconds
NEEDED = "postfix"
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mta.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
alias_maps =
alias_database =
local_transport = error:nobody lives here
relayhost = [127.0.0.1]:{door}
smtp_tls_security_level = none
smtpd_relay_restrictions = permit_mynetworks, reject
mynetworks = 127.0.0.0/8
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
transport_retry_time = 1s
"""
#: Of what Debian's runs, what taking and relaying needs.
SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@pytest.fixture(scope="session")
def _postfix() -> None:
    """Debian's Postfix, installed where it can be; else the test is skipped and says why."""
    if os.geteuid() != 0:
        pytest.skip("a mail server of one's own is started by root")
    if shutil.which(NEEDED) is None:
        apt = shutil.which("apt-get")
        if apt is None:
            pytest.skip("there is no Postfix, and no apt-get to install it")
        told = [apt, "-qq", "install", "-y", "--no-install-recommends", NEEDED]
        with suppress(subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - our own words
                told,
                timeout=INSTALL_WITHIN,
                check=True,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                env={"PATH": os.defpath + ":/usr/sbin:/sbin", "DEBIAN_FRONTEND": "noninteractive"},
            )
    if shutil.which(NEEDED) is None:
        pytest.skip(f"Postfix could not be installed within {INSTALL_WITHIN} s")


class Postfix:
    """One Postfix with a folder, a port and a queue of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self.port = folder, port

    def tell(self, *words: str) -> str:
        """Say something to it, and return its answer."""
        program, *rest = words
        ran = subprocess.run(  # noqa: S603 - our own words
            [program, "-c", str(self._folder / "conf"), *rest],
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return ran.stdout

    def reasons(self) -> list[str]:
        """Return why each mail in its queue waits."""
        lines = (json.loads(line) for line in self.tell("postqueue", "-j").splitlines())
        return [r.get("delay_reason", "") for line in lines for r in line["recipients"]]


@contextmanager
def postfix(door: int, port: int) -> Iterator[Postfix]:
    """Run a Postfix that relays everything to our mail door."""
    # Not below pytest's own folder, into which its daemons, who are not root, cannot look.
    with TemporaryDirectory(prefix="heard-mta-", dir=Path(os.sep, "tmp")) as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("conf", "queue", "data", "log"):
            (folder / part).mkdir()
        shutil.chown(folder / "data", "postfix")
        (folder / "conf" / "main.cf").write_text(MAIN.format(folder=folder, door=door))
        (folder / "conf" / "master.cf").write_text(SERVICES.format(port=port))
        server = Postfix(folder, port)
        server.tell("postfix", "start")
        try:
            yield server
        finally:
            server.tell("postfix", "stop")


async def wait_for(server: Postfix, *, waiting: int, why: str = "") -> None:
    """Ask until so many mails wait, each for the reason that is given."""
    async with asyncio.timeout(PATIENCE):
        reasons: list[str] | None = None
        while reasons is None or len(reasons) != waiting or not all(why in r for r in reasons):
            reasons = await asyncio.to_thread(server.reasons)


def kept(session: Session) -> tuple[int, int, int]:
    """How many deliveries, messages, and different messages there are."""
    ids = session.scalars(select(MessageRow.own_id)).all()
    return session.scalar(select(func.count(DeliveryRow.id))) or 0, len(ids), len(set(ids))


async def hand_over(server: Postfix) -> None:
    for number in range(MAILS):
        await aiosmtplib.send(
            mail(number),
            sender=f"r{number}@example.org",
            recipients=["help@oak.example"],
            hostname="127.0.0.1",
            port=server.port,
            start_tls=False,
        )


@pytest.mark.usefixtures("_postfix")
async def test_what_came_while_the_database_was_down_is_brought_again_and_nothing_is_lost(
    tmp_path: Path, child: BoundedChild, now: datetime, unused_tcp_port: int
):
    """3."""
    url = f"sqlite:///{tmp_path}/mta.db"
    async with open_house(url, tmp_path, child, now, configured()) as house:
        engine = house.record.db.engine
        with postfix(door_of(house), unused_tcp_port) as server:
            Base.metadata.drop_all(engine)
            await hand_over(server)
            await wait_for(server, waiting=MAILS, why="451 4.3.0")
            Base.metadata.create_all(engine)
            await wait_for(server, waiting=0)
        await house.settle()
        assert await house.record.db.read(kept) == (MAILS, MAILS, MAILS)


def door_of(house: House) -> int:
    """The port of our mail door."""
    return int(house.mail.rpartition(":")[2])
