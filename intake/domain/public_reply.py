"""What is said under a public post, and what is kept for private. Pure.

A post is a complaint as any other (Complaint Handling Code 1.2, 3.2); whoever reads the answer to
it learns nothing of its writer, nor whether they live with us.
"""

from intake.domain.letter import LetterKind

PUBLIC_REPLY = (
    "Thank you for telling us. We have it on record. Please send us a private message, and we "
    "will answer you there. Please do not post an address, a name or a telephone number here."
)
PRIVATE = "It came as a public post: give this letter in private, and say nothing of it in public."


def find_private_way(kind: LetterKind) -> str:
    """Return how a person gives a letter to whoever wrote a public post and left no address."""
    if kind is LetterKind.ACKNOWLEDGEMENT:
        return f"{PRIVATE} Answer there no more than “{PUBLIC_REPLY}”"
    return PRIVATE
