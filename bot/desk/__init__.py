"""The staff's pages on this machine, for a landlord without Slack."""
