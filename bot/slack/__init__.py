"""Slack's side of the triage: cards out, presses in."""
