"""Tests of finding and hiding personal data."""
