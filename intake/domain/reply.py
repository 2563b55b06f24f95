"""Letters that tell of no decision: thanks, notes on comments, answers to MPs and ombudsmen. Pure.

Sources: the landlord's policy (who hears what of praise and comments, how MPs and councillors are
answered), the Ombudsman's Scheme (what it asks for is answered by the day it names).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intake.domain.case import Action, Kind, Status
from intake.domain.correspondence import MEMBERS, Reaction, Sender
from intake.domain.letter import LetterKind
from intake.domain.policy import Policy
from intake.domain.triage import IncompleteError

#: Kinds of case whose writer is thanked or told, and by which letter at which step.
FEEDBACK_LETTERS: Mapping[Kind, Mapping[Action, LetterKind]] = {
    Kind.COMPLIMENT: {
        Action.ACKNOWLEDGE: LetterKind.COMPLIMENT_THANKS,
        Action.FORWARD: LetterKind.COMPLIMENT_THANKS,
    },
    Kind.COMMENT: {
        Action.ACKNOWLEDGE: LetterKind.COMMENT_NOTED,
        Action.FORWARD: LetterKind.COMMENT_NOTED,
        Action.TELL: LetterKind.COMMENT_CHANGED,
    },
}
#: What the arrival of a letter to somebody who is not the resident does to the one it answers.
REACTIONS: Mapping[LetterKind, Reaction] = {
    LetterKind.MP_ACKNOWLEDGEMENT: Reaction.ACKNOWLEDGED,
    LetterKind.MP_RESPONSE: Reaction.ANSWERED,
    LetterKind.OMBUDSMAN_COVER: Reaction.ANSWERED,
}
#: What staff write in their own words.
IN_OUR_WORDS = frozenset(
    {kind for kinds in FEEDBACK_LETTERS.values() for kind in kinds.values()} | {*REACTIONS}
)


NO_ADDRESS = "No e-mail address of theirs is known: send it another way."


@dataclass(frozen=True, kw_only=True)
class Written:
    """What staff write in a letter that tells of no decision."""

    words: str = field(default="", repr=False)
    #: Whom the letter names as told; as the policy has it where it is empty.
    passed_to: str = field(default="", repr=False)
    their_reference: str = field(default="", repr=False)
    enclosed: Sequence[str] = field(default=(), repr=False)
    decider: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a writer of praise or of a comment is told at a step, and what is noted of it."""

    step: Action
    #: Of passing on: to whom, through whom. Of a change: what has changed, as the writer reads it.
    note: str = field(repr=False)
    passed_to: str = field(default="", repr=False)

    @property
    def written(self) -> Written:
        """What the letter says of it."""
        words = self.note if self.step is Action.TELL else ""
        return Written(words=words, passed_to=self.passed_to)

    @property
    def becomes(self) -> Action:
        """What the arrival of the letter is."""
        return Action.TELL if self.step is Action.TELL else Action.ACKNOWLEDGE


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer to somebody who wrote about a case and is not its resident."""

    letter_id: int
    reaction: Reaction
    written: Written
    #: Where it goes; to the writer of the message where they are its sender, else by hand.
    address: str = field(default="", repr=False)


def feedback_letter(kind: Kind, status: Status, told: Told, policy: Policy) -> LetterKind:
    """Return by which letter the writer is told.

    Raises:
        IncompleteError: it would say what is not so, what the policy rules out, or nothing.
    """
    if not told.note.strip():
        raise IncompleteError({"note": "Say what was done, or what has changed"})
    letter = FEEDBACK_LETTERS[kind][told.step]
    if told.step is Action.TELL and not policy.comments.further_contact:
        says = "The policy does not write again about a comment: tell them another way, or close it"
        raise IncompleteError({"way": says})
    passed_on = told.step is Action.FORWARD or status is Status.PASSED_ON
    if letter is LetterKind.COMMENT_NOTED and not passed_on:
        raise IncompleteError({"way": "Pass it on first: the letter says whom we told"})
    return letter


def reply_letter(sender: Sender, reply: Reply) -> LetterKind:
    """Return by which letter somebody from outside is answered.

    Raises:
        IncompleteError: something of it is missing, or there is no such letter.
    """
    if sender in MEMBERS and reply.reaction is Reaction.ACKNOWLEDGED:
        return LetterKind.MP_ACKNOWLEDGEMENT
    if sender in MEMBERS:
        _need({"note": ("the answer", reply.written.words)})
        return LetterKind.MP_RESPONSE
    if sender is not Sender.OMBUDSMAN or reply.reaction is Reaction.ACKNOWLEDGED:
        raise IncompleteError({"way": "There is no such letter: say how it was done"})
    written = reply.written
    _need(
        {
            "their_reference": ("their reference", written.their_reference),
            "enclosed": ("the papers that go with it", "".join(written.enclosed)),
            "decider": ("who answers for it, by name", written.decider),
        }
    )
    return LetterKind.OMBUDSMAN_COVER


def _need(parts: Mapping[str, tuple[str, str]]) -> None:
    missing = {name: f"Give {what}" for name, (what, given) in parts.items() if not given.strip()}
    if missing:
        raise IncompleteError(missing)
