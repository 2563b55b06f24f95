"""Takes in what residents write and keeps the dated record."""
