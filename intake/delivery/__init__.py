"""Carries the landlord's answers, one sender a channel."""
