"""A fake of Slack on a real socket, as strict as the original where Heard touches it."""

from tests.fakes.slack.fake import FakeSlack

__all__ = ["FakeSlack"]
