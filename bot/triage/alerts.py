"""What staff are told when the work itself is in trouble. Pure."""

from bot.triage.views import Card

WHAT = {
    "read": "Something that arrived could not be read into the record",
    "assess": "A message could not be assessed, so no case was opened for it",
    "letter": "A letter to a resident has not gone",
    "card": "A card could not be shown",
}


def alert_card(of: str, what: str) -> Card:
    """Draw the card that says which work is in trouble; it says nothing of any resident."""
    told = WHAT.get(of, f"Work of the kind {of} is not done")
    text = f"🚨 *{told}* ({what}). Nothing is lost. It can be tried again at the desk, under Stuck."
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return Card(text=told, blocks=[section])
