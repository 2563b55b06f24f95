"""Whose words a mail is taken to be, and where an answer may go."""

import re
from dataclasses import dataclass, replace

from intake.domain.landlord import Landlord
from intake.domain.message import Automatic, Message
from intake.mail.forward import Contact, credited
from intake.mail.mime import reachable

VIA = re.compile(" via ", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Whose:
    """A message under the name of whoever is thought to have written it. Nothing proves it."""

    message: Message
    #: Who passed it on, where that was somebody else.
    forwarder: str = ""

    @property
    def elsewhere(self) -> bool:
        """Whether an answer goes to another address than that of whoever sent the mail."""
        answer = self.message.reply_to.casefold()
        return bool(self.forwarder) or answer not in {"", self.message.sender.casefold()}


def find_writer(message: Message, landlord: Landlord) -> Whose:
    """Return a message under its writer's name: staff who pass it on did not write it.

    An answer never goes to an address of our own. A group's "Jane via complaints" is Jane only
    where the group is ours; elsewhere anybody could write it. So is whom the form of a website
    names as Reply-To, which writes from our own address.
    """
    ours = is_own(message.sender, landlord)
    named = bool(message.reply_to) and not is_own(message.reply_to, landlord)
    if ours and named and message.automatic is not Automatic.OURS:
        return Whose(message=_recovered(message))
    writer = _credited(message, landlord, ours=ours)
    if writer is not None:
        answer = reachable(writer.address)
        name, address = writer.name, writer.address
        credit = replace(message, sender=address, sender_name=name, reply_to=answer)
        return Whose(message=credit, forwarder=message.sender)
    if ours and message.automatic is None:
        told = "it comes from an address of our own"
        message = replace(message, automatic=Automatic.OURS, why_automatic=told)
    if is_own(message.reply_to, landlord):
        message = replace(message, reply_to="" if ours else reachable(message.sender))
    return Whose(message=message)


def is_own(address: str, landlord: Landlord) -> bool:
    """Whether mail to an address comes to us, whatever follows a `+` in it."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in landlord.addresses


def is_staff(address: str, landlord: Landlord) -> bool:
    """Whether an address says that it is of the landlord's staff; whether it is, it cannot say."""
    domain = address.casefold().rpartition("@")[2]
    return domain in {staff.casefold() for staff in landlord.staff_domains}


def _recovered(message: Message) -> Message:
    """Whoever is named; that the mail is from our own domain proves nothing of them."""
    name, *via = VIA.split(message.sender_name, maxsplit=1)
    name = name.strip(" \"'") if via else ""
    why = "it comes from an address of our own and names somebody"
    return replace(message, sender=message.reply_to, sender_name=name, proven=False, proof=why)


def _credited(message: Message, landlord: Landlord, *, ours: bool) -> Contact | None:
    """Who wrote first what staff, or a mailbox of ours, pass on; none where nobody does."""
    if not (message.forwarded_from or message.forwarded_name):
        return None
    author = Contact(name=message.sender_name, address=message.sender)
    first = Contact(name=message.forwarded_name, address=message.forwarded_from)
    own_domain = (message.sender.rpartition("@")[2],) * ours
    found = credited(author, first, (*landlord.staff_domains, *own_domain))
    return None if found is author else found
