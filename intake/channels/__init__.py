"""The doors: each verifies, keeps the bytes, and only then answers."""
