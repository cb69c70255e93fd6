"""The tree of RFC 6962: known roots, proofs of every place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuocdo.lib import merkle

# The test vectors of Certificate Transparency (certificate-transparency-go, merkletree tests).
CONTENTS = [bytes.fromhex(text) for text in [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize(("count", "root"), list(enumerate(ROOTS)))
def test_the_root_is_that_of_the_published_vectors(count, root):
    assert merkle.root([merkle.leaf(content) for content in CONTENTS[:count]]).hex() == root


@pytest.mark.parametrize("count", range(1, 34))
def test_every_place_has_a_proof_that_holds_there_alone(count):
    leaves = [merkle.leaf(bytes([number])) for number in range(count)]
    root = merkle.root(leaves)
    for position in range(count):
        path = merkle.proof(leaves, position)
        holds = [p for p in range(count) if merkle.proves(leaves[position], p, count, path, root)]
        assert holds == [position]


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=40, unique=True), st.data())
def test_a_root_changes_with_any_two_leaves_swapped(contents, data):
    leaves = [merkle.leaf(content) for content in contents]
    one, two = data.draw(st.lists(st.sampled_from(range(len(leaves))), min_size=2, max_size=2, unique=True))
    swapped = list(leaves)
    swapped[one], swapped[two] = leaves[two], leaves[one]
    assert merkle.root(swapped) != merkle.root(leaves)


def test_a_path_too_long_or_too_short_proves_nothing():
    leaves = [merkle.leaf(bytes([number])) for number in range(5)]
    root, path = merkle.root(leaves), merkle.proof(leaves, 1)
    assert not merkle.proves(leaves[1], 1, 5, [*path, root], root)
    assert not merkle.proves(leaves[1], 1, 5, path[:-1], root)
    assert not merkle.proves(leaves[1], 5, 5, path, root)


@pytest.mark.parametrize("position", [-1, 3])
def test_there_is_no_proof_of_a_place_outside(position):
    with pytest.raises(IndexError):
        merkle.proof([b"a", b"b", b"c"], position)
