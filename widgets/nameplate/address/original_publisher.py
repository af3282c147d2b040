"""Cut off what comes before a model's own name: the organization of the original, or a platform.

Who copies a model often keeps where it came from (`google_gemma-3n-E4B-it-GGUF`, `facebook-bart-large`), and some
platforms join their own name to the model's (`databricks-claude-haiku-4-5`).
"""

from __future__ import annotations

from ..patterns import pattern
from ..vocabulary.lookup import ALNUM_RUN, Vocabulary
from ..vocabulary.phrases import phrase_length
from .kinds import opens_with_line
from .parts import Address, Part, Region

FIRST_WORD = pattern(r"[^-_./ ]+")
DIVIDER = pattern(r"(?<![-_./ ])(?:[-_./]+| )(?=[^\W_])")
# An account that programs join to the name of its repository with an underscore: turboderp_Qwen2-7B-exl2
ACCOUNT = pattern(r"([^\W\d_]{4,})_(?=[^_]+-)")
JOINED_ACCOUNT = pattern(r"([^\W_][\w.-]*?[^\W_])_(?:-_|_)?(?=[^\W_])")  # PSanni_Deer-3b, dreamgen_-_WizardLM-2-7B
ROLE = pattern(r"(?:mmproj|imatrix|mtp|draft)[-_]")  # what a file name may have before the organization
SIGNED = pattern(r"(?<=[^_])__([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)(?=\.[a-z]+$)")
LONGEST_ORIGIN = 3  # words: ai21-labs, huihui-ai, ibm-granite


def cut_off(name: str, address: Address, vocabulary: Vocabulary) -> Address:
    """Return the address without the words before the model's own name: `google_gemma-3n-E4B-it`."""
    address = _without_ending(name, _joined(name, address, vocabulary))
    publishers = {(part.value or "").lower() for part in address.parts if part.field == "publisher"}
    copied = publishers <= vocabulary.repackagers
    joins = bool(publishers) and publishers <= vocabulary.joining
    regions: list[Region] = []
    origins: list[Part] = []
    wholes: list[tuple[int, int, int]] = list(address.wholes)
    ends = {cut: end for cut, _, end in wholes} if wholes else {}
    for region in address.regions:
        if region.kind not in ("repo", "file"):
            regions.append(region)
            continue
        text = name[region.start : region.end]
        role = ROLE.match(text)
        start = role.end() if role else 0
        length = _joined_length(text[start:], vocabulary) if joins else 0
        length = length or _origin_length(text[start:], copied, vocabulary)
        if not length:
            regions.append(region)
            continue
        if role:
            regions.append(Region(region.start, region.start + start, "option"))
        end = start + length
        origins.append(Part(region.start + start, region.start + end, "publisher", text[start:end]))
        divider = DIVIDER.match(text, end)
        rest = region._replace(start=region.start + (divider.end() if divider else end))
        wholes.append((rest.start, region.start, ends.get(region.start, region.end)))
        regions.append(rest)
    for index, region in enumerate(regions if "__" in name else ()):
        signed = SIGNED.search(name, region.start, region.end) if region.kind == "file" else None
        if signed is not None:
            regions[index : index + 1] = [
                region._replace(end=signed.start()),
                Region(signed.end(1), region.end, "option"),
            ]
            origins.append(Part(*signed.span(1), "publisher", signed[1]))
            wholes = [(region.start, region.start, region.end), *wholes]  # the last one for a region counts
            break
    if not origins:
        return address
    return address._replace(regions=tuple(regions), origins=tuple(origins), wholes=tuple(wholes))


def _without_ending(name: str, address: Address) -> Address:
    """Cut off the ending of PyTorch's files, which by itself would be Portuguese: `yolov8n.pt`."""
    file = address.regions[-1] if address.regions else None
    if file is None or file.kind != "file" or not name.endswith(".pt", file.start, file.end):
        return address
    ending = Part(file.end - 2, file.end, "format", "pytorch")
    return address._replace(
        parts=(*address.parts, ending),
        regions=(*address.regions[:-1], file._replace(end=file.end - 3)),
        wholes=(*address.wholes, (file.start, file.start, file.end)),
    )


def _joined(name: str, address: Address, vocabulary: Vocabulary) -> Address:
    """Cut off a platform that joins its own name to the model's: `databricks-meta-llama-3-3-70b-instruct`, `system.ai.gpt-oss-20b`."""
    if len(address.regions) != 1 or any(part.field != "platform" for part in address.parts):
        return address
    region = address.regions[0]
    text = name[region.start : region.end]
    word = next((word for word in vocabulary.joined if text.startswith((f"{word}-", f"{word}."))), "")
    platform = vocabulary.joined.get(word)
    if platform is None or address.platform not in ("unknown", platform) or not text[len(word) + 1 :][:1].isalnum():
        return address
    joined = Part(region.start, region.start + len(word), "platform", platform)
    inner = region._replace(start=joined.end + 1)
    return _joined(name, Address(platform, (*address.parts, joined), (inner,)), vocabulary)


def _origin_length(text: str, copied: bool, vocabulary: Vocabulary) -> int:
    """Return the length of the organization at the start of a text, or 0; the name of a line takes precedence.

    In a copy an unknown word may be an account, too: `bartowski/jdineen_Llama-3.1-8B-Think-GGUF`.
    """
    first = FIRST_WORD.match(text)
    if first is None or not DIVIDER.match(text, first.end()):
        return 0
    lower = text.lower()
    if first[0].lower() not in vocabulary.owner_starts:
        account = ACCOUNT.match(text) if copied else None
        return account.end(1) if account and _is_account(account[1], lower, vocabulary) else 0
    ends = [match.start() for match, _ in zip(DIVIDER.finditer(text), range(LONGEST_ORIGIN), strict=False)]
    known = [end for end in ends if lower[:end] in vocabulary.owners]
    line = _line_at(lower, 0, vocabulary)
    if not known or line >= known[0]:  # nvidia-nemotron, meta-llama, llm-jp
        return 0
    behind = ALNUM_RUN.search(lower, line)
    if line and behind and any(not item.rest and item.meaning.cost < 1.0 for item in vocabulary.phrases(behind[0])):
        return 0  # KaLM-embedding is called like the organization, but says what it is for
    while len(known) > 1 and _line_at(lower, max(lower.rfind(mark, 0, known[-1]) for mark in "-_./") + 1, vocabulary):
        known.pop()  # the t5 of google-t5-base is the line
    return known[-1]


def _joined_length(text: str, vocabulary: Vocabulary) -> int:
    """Return the length of an account that some accounts put before every name, or 0: `PSanni_Deer-3b`."""
    account = JOINED_ACCOUNT.match(text)
    if account is None or opens_with_line(text, vocabulary):
        return 0
    return account.end(1)


def _is_account(word: str, lower: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word that means nothing else comes before the name of a line."""
    run = ALNUM_RUN.fullmatch(word.lower())
    return run is not None and not vocabulary.phrases(run[0]) and _line_at(lower, len(word) + 1, vocabulary) > 0


def _line_at(lower: str, start: int, vocabulary: Vocabulary) -> int:
    """Return where the name of a line that begins at `start` ends, or 0."""
    first = ALNUM_RUN.match(lower, start)
    if first is None:
        return 0
    lengths = (phrase_length(phrase, lower, lower, start, first.end()) for phrase in vocabulary.line_names(first[0]))
    length = max(lengths, default=0)
    return start + length if length else 0
