"""How the carrying of a letter can end, other than well."""


class RefusedError(Exception):
    """The other side will never take the letter; its message says in the server's words why."""


class UnknownOutcomeError(Exception):
    """Nobody knows whether the letter has gone."""
