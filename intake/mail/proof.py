"""Whether a sender is proven: by what our own edge found, and by nothing else (RFC 8601)."""

import re
from collections.abc import Iterator, Set as AbstractSet
from dataclasses import dataclass

from intake.mail.headers import addresses, one_line
from intake.mail.parts import Part, parse_parts

#: A sender's own words may stand in these, such as the quoted half of an address.
QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"')
COMMENT = re.compile(r"\([^()]*+\)")
RESULT = re.compile(r"\s*([a-z][a-z0-9-]*)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
PROPERTY = re.compile(r"\b(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.IGNORECASE)
MOST = 50  # comments within comments, results


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What proves that a mail comes from the domain that it says: how, or why not."""

    proven: bool
    why: str


def read_proof(raw: bytes, edges: AbstractSet[str]) -> Proof:
    """Return whether our own edge found that the mail comes from its sender's domain.

    Only the topmost result counts, and only by a name of ours; whatever is below it, the sender
    may have written. A domain is the sender's where either is within the other (DMARC's relaxed
    alignment without a list of public suffixes, so never more than that).
    """
    return judge_proof(parse_parts(raw)[0], edges)


def judge_proof(root: Part, edges: AbstractSet[str]) -> Proof:
    """Return whether our own edge found that a mail comes from its sender's domain."""
    said = root.field("authentication-results")
    senders = addresses(root.all("from"))
    if not said or not edges:
        return Proof(proven=False, why="our edge says nothing")
    if len(senders) != 1:
        return Proof(proven=False, why="it has not one sender")
    plain = _without_comments(QUOTED.sub("", one_line(said)))
    if set('"()') & set(plain):
        return Proof(proven=False, why="the result of our edge makes no sense")
    edge, *results = plain.split(";")[:MOST]
    if "=" in edge:  # Microsoft 365 gives no name; whoever trusts that says so by an empty one
        edge, results = "", [edge, *results]
    if edge.split(" ")[0].casefold() not in {name.casefold() for name in edges}:
        return Proof(proven=False, why="the topmost result is not our edge's")
    domain = senders[0][1].rpartition("@")[2].casefold()
    how = next(_passes(results, domain), "")
    return Proof(proven=bool(how), why=how or "nothing passed for the sender's domain")


def _passes(results: list[str], sender: str) -> Iterator[str]:
    for result in results:
        found = RESULT.match(result)
        if found is None or found[2].casefold() != "pass":
            continue
        method = found[1].casefold()
        domains = [value.rpartition("@")[2].casefold() for value in PROPERTY.findall(result)]
        if method in {"dmarc", "dkim", "spf"} and any(_aligned(d, sender) for d in domains):
            yield method


def _aligned(domain: str, sender: str) -> bool:
    if "." not in domain or "." not in sender:
        return False
    return domain == sender or sender.endswith(f".{domain}") or domain.endswith(f".{sender}")


def _without_comments(text: str) -> str:
    for _ in range(MOST):
        text, replaced = COMMENT.subn(" ", text)
        if not replaced:
            break
    return " ".join(text.split())
