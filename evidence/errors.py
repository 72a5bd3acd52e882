"""The one ancestor of every error this room raises."""


class EvidenceError(Exception):
    """Something about a recording, a key or a signature is not as it must be."""
