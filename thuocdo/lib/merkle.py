"""Merkle trees as in RFC 6962: one root for many leaves, and a short proof that a leaf is among them."""

from collections.abc import Sequence
from hashlib import sha256


def leaf(content: bytes) -> bytes:
    """The hash of one entry. The prefix keeps a leaf from passing for a node."""
    return sha256(b"\0" + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes below."""
    return sha256(b"\1" + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level; a last one without a partner rises as it is."""
    pairs = [node(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over the leaves in their order; of no leaves, the hash of nothing."""
    if not leaves:
        return sha256().digest()
    while len(leaves) > 1:
        leaves = _above(leaves)
    return leaves[0]


def proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The hashes beside the way from this leaf to the root, lowest first. `IndexError` for no such leaf."""
    if not 0 <= position < len(leaves):
        raise IndexError(position)
    path = []
    while len(leaves) > 1:
        beside = position ^ 1
        if beside < len(leaves):
            path.append(leaves[beside])
        leaves, position = _above(leaves), position // 2
    return path


def proves(leaf: bytes, position: int, count: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf, at this position among `count`, to the root."""
    if not 0 <= position < count:
        return False
    reached, last, left = leaf, count - 1, list(path)
    while last:
        if position % 2 or position < last:
            if not left:
                return False
            beside = left.pop(0)
            reached = node(beside, reached) if position % 2 else node(reached, beside)
        position, last = position // 2, last // 2
    return reached == root and not left
