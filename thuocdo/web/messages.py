"""The catalogues of messages: collected from the code, brought up to date, checked. Needs Babel, no gettext.

    python -m thuocdo.web.messages update    write new messages, empty, into each language; drop what is gone
    python -m thuocdo.web.messages missing   print what waits for a translator
    python -m thuocdo.web.messages check     fail on missing, fuzzy, unused, wrong places, English left

Compiled catalogues are not kept in the repository: `thuocdo prepare` and the tests compile them
(config.readiness).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "web" / "locale"
LANGUAGES = ("vi", "fr", "de")
SAME = "same.txt"  # messages that are alike in English and another language: names, symbols, loan words
SHARE_LIKE_ENGLISH = 0.02
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "say"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "say_n"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HEAD = """msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {}\\n"

"""
PLACE = re.compile(r"%\((\w+)\)[sd]")
Key = tuple[str, str]  # context, message


def collect(package: Path = PACKAGE) -> Catalog:
    """Every message of the Python files and templates below the package."""
    catalogue = Catalog(charset="utf-8")
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
            for message, context in messages_of(path):
                catalogue.add(message, context=context)
    return catalogue


def messages_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The messages of one file, a plural as a pair, each with its context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        source = (
            f"({templatize(source)}\n)"  # in brackets, the blanked-out text between the calls may be indented
        )
    for _line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        if message:
            yield message, context


def path_of(language: str, locale: Path = LOCALE) -> Path:
    """The file of a language."""
    return locale / language / "LC_MESSAGES" / "django.po"


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language, empty if there is none yet."""
    path = path_of(language, locale)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as handle:
        return read_po(handle, locale=language)


def update(language: str, wanted: Catalog, locale: Path = LOCALE) -> None:
    """Bring the language's file to the wanted messages, keeping every translation that is still wanted."""
    old, new = read(language, locale), Catalog(locale=language, charset="utf-8")
    for message in wanted:
        if message.id:
            known = old.get(_single(message), message.context)
            keep = known.string if known and known.id == message.id else None
            new.add(message.id, keep or _empty(message, new), context=message.context)
    path = path_of(language, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = BytesIO()
    write_po(body, new, width=110, sort_output=True, omit_header=True, no_location=True)
    head = HEAD.format(language, new.plural_forms)
    path.write_text(head + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def problems(language: str, wanted: Catalog, locale: Path = LOCALE) -> list[str]:
    """What is wrong with the catalogue of a language; empty when all is well."""
    have = {_key(message): message for message in read(language, locale) if message.id}
    want = {_key(message): message for message in wanted if message.id}
    found = [f"{language}: no longer used: {key[1]!r}" for key in sorted(have.keys() - want.keys())]
    for key in sorted(want):
        found += [f"{language}: {problem}: {key[1]!r}" for problem in _faults(have.get(key), want[key])]
    return found + _left_in_english(language, [have[key] for key in have.keys() & want.keys()], locale)


def missing(language: str, wanted: Catalog, locale: Path = LOCALE) -> list[Message]:
    """The messages that this language does not say yet."""
    have = read(language, locale)
    return [m for m in wanted if m.id and not _said(have.get(_single(m), m.context))]


def _faults(have: Message | None, want: Message) -> Iterator[str]:
    if have is None or not _said(have):
        yield "missing"
        return
    if have.fuzzy:
        yield "fuzzy"
    allowed = {place for text in _texts(want.id) for place in PLACE.findall(text)}
    for text in _texts(have.string):
        given = set(PLACE.findall(text))
        if given - allowed or (isinstance(want.id, str) and given != allowed):
            yield f"places differ, {sorted(given)} instead of {sorted(allowed)}"


def _left_in_english(language: str, messages: list[Message], locale: Path) -> list[str]:
    """Whether more than two in a hundred strings equal the English, those in same.txt left aside."""
    path = locale / SAME
    allowed = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    counted = [m for m in messages if _said(m) and _single(m) not in allowed and _has_words(m)]
    same = sorted(_single(m) for m in counted if _texts(m.string)[0] == _single(m))
    if len(same) <= SHARE_LIKE_ENGLISH * len(counted):
        return []
    return [f"{language}: {len(same)} of {len(counted)} equal the English: {same}"]


def _has_words(message: Message) -> bool:
    """Whether anything but places is left to translate."""
    return any(letter.isalpha() for letter in PLACE.sub("", _single(message)))


def _key(message: Message) -> Key:
    return message.context or "", _single(message)


def _single(message: Message) -> str:
    return _texts(message.id)[0]


def _texts(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _said(message: Message | None) -> bool:
    return message is not None and bool(message.string) and all(_texts(message.string))


def _empty(message: Message, catalogue: Catalog) -> str | tuple[str, ...]:
    return "" if isinstance(message.id, str) else ("",) * catalogue.num_plurals


def main(command: str) -> int:
    """Run one of the words above; the exit code says whether all is well."""
    wanted, out = collect(), sys.stdout.write
    if command == "update":
        for language in LANGUAGES:
            update(language, wanted)
    elif command == "missing":
        for language in LANGUAGES:
            out("".join(f"{language}\t{message.id!r}\n" for message in missing(language, wanted)))
    elif command == "check":
        found = [problem for language in LANGUAGES for problem in problems(language, wanted)]
        out("".join(f"{problem}\n" for problem in found))
        return 1 if found else 0
    else:
        out(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
