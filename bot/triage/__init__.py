"""What staff see and what their presses do, whether in Slack or at the desk."""
