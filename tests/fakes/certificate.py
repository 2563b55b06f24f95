"""A certificate that nobody but a test trusts."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate for this machine, signed by itself, and its key."""

    chain: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        """Return what a server shows."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.chain, self.key)
        return context

    def client(self) -> ssl.SSLContext:
        """Return what a client trusts."""
        return ssl.create_default_context(cafile=str(self.chain))


def make_certificate(folder: Path, openssl: str) -> Certificate:
    """Make one with the `openssl` program."""
    made = Certificate(chain=folder / "chain.pem", key=folder / "key.pem")
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    whose = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    where = ["-keyout", str(made.key), "-out", str(made.chain)]
    command = [openssl, "req", "-x509", *kind, *whose, *where]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - words of our own
    return made
