"""Checks a proof from the log of Thước Đo: python3 verify.py [proof.json] [--key THE-PUBLISHED-ONE]."""

import json
import sys
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
Made = dict[str, Any]
# Ed25519 as in RFC 8032, 5.1: points (X, Y, Z, T) of -x² + y² = 1 + d·x²·y² over the field of P; order L.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    s, t = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    u, v = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    found = (0, 1, 1, 0)
    while number:
        found = add(found, point) if number & 1 else found
        point, number = add(point, point), number >> 1
    return found


def point(text: bytes) -> Point:
    odd, y = text[31] >> 7, int.from_bytes(text, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if len(text) != 32 or y >= P or x * x % P != square or (x == 0 and odd):
        raise ValueError("no point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def signed(message: bytes, signature: str, key: str) -> bool:
    try:
        public, whole = bytes.fromhex(key), bytes.fromhex(signature)
        h = int.from_bytes(sha512(whole[:32] + public + message).digest(), "little") % L
        number, base = int.from_bytes(whole[32:], "little"), (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")
        a, b = times(number, point(base)), add(point(whole[:32]), times(h, point(public)))
    except (ValueError, IndexError):
        return False
    return number < L and (a[0] * b[2] - b[0] * a[2]) % P == 0 == (a[1] * b[2] - b[1] * a[2]) % P


def digest(prefix: bytes, content: list[Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(prefix + text.encode()).hexdigest()


def climb(leaf: str, position: int, count: int, path: list[str]) -> str:
    left, last = list(path), count - 1
    if not 0 <= position < count:
        return ""
    while last > 0:
        if position % 2 or position < last:
            if not left:
                return ""
            pair = (left.pop(0), leaf) if position % 2 else (leaf, left.pop(0))
            leaf = sha256(b"\1" + bytes.fromhex(pair[0]) + bytes.fromhex(pair[1])).hexdigest()
        position, last = position // 2, last // 2
    return "" if left else leaf


def contents(proof: Made, batches: dict[int, Made]) -> list[str]:
    """Entries that are not what was sealed where it was sealed; batches that do not follow one another."""
    previous, expected = proof["previous"], min(batches)
    wrong = [] if proof["form"] == "thuocdo proof 1" else ["this is another form than “thuocdo proof 1”"]
    for entry in proof["entries"]:
        name, place, batch = f"entry {entry['content'][0]}", entry["position"], batches[entry["batch"]]
        if digest(b"\0", entry["content"]) != entry["leaf"]:
            wrong.append(f"{name} is not what was sealed: its content was changed")
        elif climb(entry["leaf"], place, batch["count"], entry["path"]) != batch["root"]:
            wrong.append(f"{name}: its path does not lead to the root of batch {entry['batch']}")
    for number, one in sorted(batches.items()):
        content = [number, previous, one["root"], one["count"], one["settled_id"], one["at"]]
        if number != expected or digest(b"\2", content) != one["chain"]:
            wrong.append(f"batch {number} is not the one that was sealed there")
        previous, expected = one["chain"], number + 1
    return wrong


def main(words: list[str]) -> int:
    given = words.pop(words.index("--key") + 1).lower() if "--key" in words[:-1] else ""
    files = [Path(word) for word in words if word != "--key"] or [Path(__file__).with_name("proof.json")]
    proof: Made = json.loads(files[0].read_text("utf-8"))
    batches = {batch["number"]: batch for batch in proof["batches"]}
    wrong, last, key = contents(proof, batches), batches[max(batches)], proof["key"]
    trusted = {key}  # the keys that vouch for the one that signs, and that one
    for one in proof["changes"]:
        told = "".join(f"{one[name]}\n" for name in ("from_batch", "chain", "previous_key", "key"))
        told = f"thuocdo log key 1\n{told}"
        both = {one["previous_key"]: one["by_previous"], one["key"]: one["by_key"]}  # lost: nobody vouched
        good = all(signed(told.encode(), text, k) for k, text in both.items() if text or k == one["key"])
        if one["previous_key"] != key or not good:
            wrong.append(f"the change of key at batch {one['from_batch']} is not signed by its keys")
        key, trusted = one["key"], {one["key"], *(trusted if one["by_previous"] else ())}
    if not signed(
        f"thuocdo log head 1\n{last['number']}\n{last['chain']}\n".encode(), proof["signature"], key
    ):
        wrong.append(f"the head, batch {last['number']}, is not signed by the key {key}")
    if given and given not in trusted:
        wrong.append(f"the key {given}, which you gave, does not vouch for the key {key}, which signs")
    told = "\n".join(f"WRONG: {text}" for text in wrong) or f"All {len(proof['entries'])} entries hold."
    sys.stdout.write(f"{told}\nUp to batch {last['number']}, signed by the key {key}.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
        sys.exit(f"WRONG: this proof cannot be read ({type(fault).__name__}: {fault})")
