"""Find the model in several words: a name as people write it, with a remark behind it, or inside a message or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.pastes import paste_tables
from . import paths, platforms, single
from .kinds import (
    MODEL_SIZE,
    NOT_A_MODEL,
    is_foreign_file,
    is_prose,
    names_line,
    names_model,
    nothing,
    pair_of_names,
    publishes,
    small_words,
)
from .parts import Address, Part, Region, shifted
from .tail import FILE

# A web address, or a path of at least two folders.
PLACE = pattern(
    r"[a-z][a-z0-9+.-]{1,15}://[^\s\"'<>()]+|(?<![^\s\"'(=:])(?:[a-z]:|\.{1,2}|~)?(?:[\\/][^\s\"'<>|\\/]+){2,}",
    re.IGNORECASE,
)
PUBLISHER = pattern(r"([\w.-]+) ?: (.+)", re.DOTALL)  # publisher : name
SIGNED = pattern(r"(.+?),?\s+(by|from|via)\s+([\w.-]+)", re.DOTALL)  # name by publisher
# publisher/name - what is said of it
REMARK = pattern(r"[`'\"*]*([\w.-]+/[\w.:@-]*\w|[\w.-]+\.\w+)[`'\"*]*\s+(?=[-–—#(|:=/<]|\*)(.+)$", re.DOTALL)
# **Name** or `name`, and what is said of it
MARKED = pattern(r"(\*\*|`|\"|')([^*`\"'\n]+)\1:?\s+(\S.*)$", re.DOTALL)
ID = pattern(r"[\w.-]+/[\w.-]*\w(?:[:@][\w.-]+)?")  # publisher/name
# What a program prints when something went wrong: ValueError: ..., error loading ...
MESSAGE = pattern(r"(?:\w+\.)*\w*(?:error|exception|warning|failure|panic|fatal)\b:?\s", re.IGNORECASE)
# What llama.cpp prints: the function that speaks, and what went wrong.
TRACE = pattern(r"[a-z]\w*_\w+:\s+(?:error|warning|failed|fail|cannot|unable|invalid|missing|unknown)\b", re.IGNORECASE)
# How a line of a log begins: with a time, or with how important it is.
LOG = pattern(r"\[?(?:\d{4}[-/]\d\d|\d\d:\d\d|(?:info|debug|warn(?:ing)?|trace|notice|critical)\b)", re.IGNORECASE)
# The function that speaks in a line of llama.cpp's log, which bears the name of the program: llama_load_model: using CUDA0
SPEAKER = pattern(r"(?:[a-z]+(?:_[a-z0-9]+){2,}|print_info)(?:\s?:|\(\))\s+")
LOG_FIELDS = pattern(r"(?:[A-Za-z_]\w*=\S+\s+){2}")  # time=10:00:00 level=INFO
# What a program writes in front of what it loads: Loading model Qwen/Qwen3-8B
LOADED = pattern(
    r"\b(?:load(?:ing|ed)?|using|serving|downloading|pulling|model|checkpoint|weights|tokenizer|from)[:=]?\s+['\"`]?([A-Za-z0-9][\w.-]*/[\w.-]*\w)",
    re.IGNORECASE,
)
# What libraries write behind the id of a repository that they can't use.
REFUSED = pattern(
    r"(?<![^\s'\"`])([A-Za-z0-9][\w.-]*/[\w.-]*\w)['\"`]?,?\s+(?:does not|doesn't|is not|isn't|was not|wasn't|could not|couldn't|cannot|can't|not found)\b"
)
# How code and its errors name a repository: Repo(id: "argmaxinc/whisperkit-coreml"), repo_id='Qwen/Qwen3-8B'
REPOSITORY = pattern(r"\b(?:repo(?:_?id)?|repository|id)[:=]\s*['\"]([A-Za-z0-9][\w.-]*/[\w.-]*\w)['\"]", re.IGNORECASE)
# A word with a number in quotes, or behind the word model and a colon.
ANNOUNCED = pattern(
    r"(?<!\w)[`'\"“](?P<quoted>[A-Za-z][\w.:/@-]*\d[\w.:/@-]*)[`'\"”]|\bmodel(?: name| id)?:\s+(?P<announced>[A-Za-z][\w./@:-]*\d[\w./@:-]*)",
    re.IGNORECASE,
)
FEWEST_AROUND = 4  # words of a statement about a model
KEY = pattern(r"[A-Za-z_]\w*=")  # of a log's line: name=registry.ollama.ai/library/qwen3:8b
WORD = pattern(r"\S+")
AROUND_WORD = "`'\"“”‘’()[]{}<>,;:!?*"
LABEL = pattern(
    r"(?:\d+(?:\.\d+)?[bm]|(?:ud-)?i?q\d\w*|[bf]+p?\d+|int\d|\d+-?bits?|gguf|mlx|awq|gptq|"
    r"(?:non-?)?thinking|reasoning|instruct|chat|base)$",
    re.IGNORECASE,
)
LONGEST_UNNAMED = 5  # words that may be a name without a line or a size
LABELS = 4  # words after an id that may still say how it is stored: unsloth/MiniMax-M2.1-GGUF Q2_K_XL


def parse(text: str, vocabulary: Vocabulary) -> Address:
    """Return the address in a text of several words."""
    if pair_of_names(text, vocabulary) is not None:
        return nothing(text)
    placed = _at_place(text, vocabulary)
    if placed is not None:
        return placed
    said = what_is_said(text)
    if said != text and not names_model(said, vocabulary):
        return nothing(text)
    remark = REMARK.match(text)
    if remark is not None:
        return _with_labels(text, remark.span(1), remark.span(2), vocabulary)
    marked = MARKED.match(text)
    if marked is not None and names_line(marked[2], vocabulary):
        return _with_labels(text, marked.span(2), marked.span(3), vocabulary)
    found = _id_inside(text, vocabulary)
    if found is not None:
        return found
    named = REPOSITORY.search(text)
    if named is not None:
        return _with_text_around(text, *named.span(1), vocabulary)
    message = MESSAGE.match(text) or TRACE.match(text)
    if message is not None:
        return _in_message(text, message.end(), vocabulary)
    sized = _sized_id(text)
    if sized is not None:
        return _with_text_around(text, *sized, vocabulary)
    logged = _in_message(text, 0, vocabulary) if LOG.match(text) else _marked_name(text, vocabulary)
    if logged is not None and logged.kind != NOT_A_MODEL:
        return logged
    words = text.split()
    says_nothing = not names_model(text, vocabulary) and not any(map(LABEL.match, words))
    if says_nothing and (len(words) > LONGEST_UNNAMED or LOG_FIELDS.match(text)):
        return nothing(text)
    aimless = not any(c.isdigit() for c in text) and small_words(text) and not names_line(text, vocabulary)
    return nothing(text) if is_prose(text) or aimless else name_in_words(text, vocabulary)


def what_is_said(text: str) -> str:
    """Return a line of a log without the function of a program that says it.

    >>> what_is_said("llama_model_load: using device CUDA0"), what_is_said("Qwen3-8B")
    ('using device CUDA0', 'Qwen3-8B')
    """
    speaker = SPEAKER.match(text)
    return text[speaker.end() :] if speaker is not None else text


def _at_place(text: str, vocabulary: Vocabulary) -> Address | None:
    """Return the address in the web address or the path that a text holds; None without either."""
    places = [found for found in PLACE.finditer(text) if found.end() - found.start() > 3]
    if not places:
        return None
    place = next((found for found in places if names_model(found[0], vocabulary)), None)
    if place is None and LOG.match(text):
        # A program's own file, and what it loads: webview:index.js ... gemma-4-12B
        logged = _in_message(text, 0, vocabulary)
        if logged.kind != NOT_A_MODEL:
            return logged
    place = place or places[0]
    end = place.start() + len(place[0].rstrip(".,;:!?"))
    if is_foreign_file(text[place.start() : end]):
        return nothing(text)
    placed = _with_text_around(text, place.start(), end, vocabulary)
    if placed.kind != NOT_A_MODEL:
        return placed
    return _id_inside(text, vocabulary) or placed  # X isn't a model listed on https://huggingface.co/models


def name_in_words(text: str, vocabulary: Vocabulary) -> Address:
    """Return the address in a name as people write it: `Qwen 2.5 Coder 7B`, `bartowski : Qwen2.5 32B`."""
    if paths.LOCAL.match(text):
        return paths.parse(text, vocabulary)
    announced = PUBLISHER.fullmatch(text)
    if announced and names_line(announced[1], vocabulary) and not names_line(announced[2], vocabulary):
        return Address("unknown", (), (Region(0, len(text), "repo"),))  # DeepSeek: R1 0528
    if announced and _is_heading(announced[1]):
        named = shifted(parse(announced[2], vocabulary), announced.start(2))
        return named._replace(parts=(Part(*announced.span(1), "text", None), *named.parts))
    if announced:
        inner = shifted(platforms.parse(announced[2], vocabulary), announced.start(2))
        return inner._replace(parts=(Part(*announced.span(1), "publisher", announced[1]), *inner.parts))
    signed = SIGNED.fullmatch(text)
    if signed and publishes(signed[3], vocabulary):
        inner = platforms.parse(signed[1], vocabulary)
        behind = (Part(*signed.span(2), "text", None), Part(*signed.span(3), "publisher", signed[3]))
        return inner._replace(parts=(*inner.parts, *behind))
    label, colon, rest = text.partition(": ")
    if not colon:
        return platforms.parse(text, vocabulary)
    if names_line(label, vocabulary) or not names_line(rest, vocabulary):
        return Address("unknown", (), (Region(0, len(text), "repo"),))  # no tag has a space before it
    inner = shifted(platforms.parse(rest, vocabulary), len(label) + len(colon))
    return inner._replace(parts=(Part(0, len(label), "text", None), *inner.parts))


def _is_heading(word: str) -> bool:
    """Return whether listings and settings write a word in front of a model: `NAME: llama3.2:latest`."""
    return word.lower() in paste_tables().settings or word.lower() in paste_tables().settings_alone


def _in_message(text: str, begin: int, vocabulary: Vocabulary) -> Address:
    """Return the address in what an error message says: the last word with a number that names a line."""
    for first, end in reversed(list(_bare_words(text))):
        colon = max(text.rfind(":", first, end), text.rfind("=", first, end)) + 1  # model:ERNIE-4.5, but llama3.1:8b
        start = colon if colon and names_line(text[colon:end], vocabulary) else first
        word = text[start:end]
        if start >= begin and any(c.isdigit() for c in word) and names_line(word, vocabulary):
            return _with_text_around(text, start, end, vocabulary)
    told = _sized_id(text) or _told_id(text)
    return nothing(text) if told is None else _with_text_around(text, *told, vocabulary)


def _sized_id(text: str) -> tuple[int, int] | None:
    """Return the first word that is an id with a size, whatever line it may be of: `Edens-Gate/Henbane-7b-attempt2`."""
    return next(
        (word for word in _bare_words(text) if ID.fullmatch(text, *word) and MODEL_SIZE.search(text, *word)), None
    )


def _marked_name(text: str, vocabulary: Vocabulary) -> Address | None:
    """Return the address in the only word that a statement quotes or announces as a model: The model `o1-preview` does not exist."""
    found = [name for name in ANNOUNCED.finditer(text) if names_line(name[name.lastgroup or 0], vocabulary)]
    if len(found) != 1 or text.rstrip().endswith("?") or len(text.split()) < FEWEST_AROUND:
        return None
    return _with_text_around(text, *found[0].span(found[0].lastgroup or 0), vocabulary)


def _told_id(text: str) -> tuple[int, int] | None:
    """Return the id that a program says it loads, or can't load: `artindnr/ChatBerry does not appear to have a file`."""
    found = REFUSED.search(text) or LOADED.search(text)
    return found.span(1) if found is not None else None


def inner_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without what only divides it from its neighbours."""
    while start < end and not (text[start].isalnum() or text[start] in "-_./~$%\\"):
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _with_text_around(text: str, start: int, end: int, vocabulary: Vocabulary) -> Address:
    """Return the address in a stretch; what is before and after it is text."""
    inner = shifted(single.parse(text[start:end], vocabulary), start)
    around = [inner_span(text, 0, start), inner_span(text, end, len(text))]
    return inner._replace(parts=(*(Part(*span, "text", None) for span in around if span[0] < span[1]), *inner.parts))


def _with_labels(text: str, name: tuple[int, int], behind: tuple[int, int], vocabulary: Vocabulary) -> Address:
    """Return the address in a stretch; sizes and labels of quantizations behind it say more: **Mistral-Nemo** (12B, Q6_K)."""
    address = _with_text_around(text, *name, vocabulary)
    words = [(start + behind[0], end + behind[0]) for start, end in _bare_words(text[slice(*behind)])]
    if not words or not all(LABEL.match(text[start:end]) for start, end in words):
        return address
    parts = tuple(part for part in address.parts if part.start < behind[0])
    return address._replace(parts=parts, regions=(*address.regions, *(Region(*word, "option") for word in words)))


def _id_inside(text: str, vocabulary: Vocabulary) -> Address | None:
    """Return the address in the first word that can only be a file or an id: `Loading Model: TheBloke/Llama-2-7B-Chat-GGML`.

    A few words after an id at the start say how it is stored.
    """
    words = list(_bare_words(text))
    for number, (first, end) in enumerate(words):
        key = KEY.match(text, first, end)
        start = key.end() if key else first
        word = text[start:end]
        host = word.partition("/")[0].lower()
        if "." in host and "/" in word and (host in vocabulary.hosts or paste_tables().site(host)):
            return _with_text_around(text, start, end, vocabulary)  # a log's line: registry.ollama.ai/library/qwen3:8b
        is_id = ID.fullmatch(word) is not None and _is_id(word, vocabulary)
        if not is_id and not (FILE.search(word) and names_line(word, vocabulary)):
            continue
        behind = words[number + 1 :]
        if number or len(behind) > LABELS or small_words(text):
            return _with_text_around(text, start, end, vocabulary)
        address = shifted(single.parse(word, vocabulary), start)
        labels = (Region(first, last, "file" if FILE.search(text, first, last) else "option") for first, last in behind)
        return address._replace(regions=(*address.regions, *labels)) if is_id else None
    return None


def _is_id(word: str, vocabulary: Vocabulary) -> bool:
    """Return whether `owner/name` is an id and no pair of words such as `and/or`, `image/video`, `client/server-side`.

    >>> from nameplate.vocabulary.lookup import vocabulary
    >>> [_is_id(word, vocabulary()) for word in ("Qwen/Qwen3-8B", "Helsinki-NLP/opus-mt-tvl-sv", "and/or", "client/server-side")]
    [True, True, False, False]
    """
    owner, _, name = word.partition("/")
    numbered = any(c.isdigit() for c in name)
    if publishes(owner, vocabulary) or (numbered and names_line(word, vocabulary)):
        return True
    joined = any(mark in name for mark in "-_") and any(c.isalpha() for c in owner)
    return joined and (numbered or names_line(word, vocabulary))


def _bare_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words without the quotes and marks around them."""
    for word in WORD.finditer(text):
        start, end = word.span()
        while start < end and text[start] in AROUND_WORD:
            start += 1
        while end > start and (text[end - 1] in AROUND_WORD or text[end - 1] == "."):
            end -= 1
        if start < end:
            yield start, end
