"""Decide what was pasted: a model's name, something that belongs to a model, or no name at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..patterns import pattern
from ..reading import FieldValue
from ..vocabulary.lookup import ALNUM_RUN, Vocabulary
from ..vocabulary.pastes import paste_tables
from ..vocabulary.phrases import phrase_length
from .parts import Address, Part

# Folders that programs and repositories keep files in; an account of that name would be mistaken for one.
FILE_FOLDERS = frozenset(
    ("models", "model", "checkpoints", "ckpts", "weights", "gguf", "onnx", "loras", "lora", "vae", "unet", "clip", "transformer", "text_encoder",
     "text_encoders", "diffusion_models", "split_files", "video", "image", "audio", "llm", "llms", "vlm", "tts", "asr", "stt", "sd", "sdxl", "flux", "wan",
     "controlnet", "embeddings", "upscale_models", "clip_vision", "ipadapter", "ggml", "ggufs", "safetensors")
)  # fmt: skip
NOT_A_MODEL = "not-a-model-name"
EMAIL = pattern(r"[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}")
# A date, a version, an address of a machine, a plain number: no letter but the v of a version or the T of a time.
NUMBERS = pattern(r"0x[0-9a-fA-F]{6,}|[vV]?[\d\s.,:+()_-]+(?:T[\d.:+-]+Z?)?")
# Files of other programs than those that run models: texts, pictures, sound, films, tables, programs, code.
FOREIGN = frozenset(
    ("doc", "docx", "odt", "pdf", "rtf", "ppt", "pptx", "xls", "xlsx", "ods", "tsv", "epub", "htm", "html", "jpg", "jpeg", "png", "gif", "webp",
     "bmp", "tif", "tiff", "svg", "heic", "ico", "psd", "mp3", "mp4", "m4a", "m4v", "wav", "flac", "ogg", "opus", "aac", "avi", "mkv", "mov",
     "webm", "srt", "exe", "msi", "dmg", "deb", "rpm", "apk", "appimage", "whl", "iso", "dll", "dylib", "so", "node", "ipynb")
)  # fmt: skip
# A program built for an operating system and a processor: llama-b5124-bin-win-cuda-cu12.4-x64.zip
BUILD = pattern(
    r"(?=.*[-_.](?:win|windows|linux|ubuntu|macos|darwin|android|manylinux\w*)[-_.\d])"
    r".*[-_.](?:x64|x86_64|x86|amd64|arm64|aarch64)\.(?:zip|tar\.gz|tgz|tar\.xz|7z|tar\.bz2)",
    re.IGNORECASE,
)
PACKED = frozenset(("zip", "gz", "tgz", "xz", "7z", "bz2"))
IDENTIFIER = pattern(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")  # a UUID
KEY_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1234567890")
FEWEST_NEIGHBOURS = 0.6  # of the letters of a word that fingers typed along a row of keys
LONGEST_WORD = 20  # letters and digits; more in a row are a key or a hash
WORD = pattern(r"[^\W_]+")
# A number of parameters that ends a word behind another one: Henbane-7b, SmolVLM-500M, Foo_8x7B
MODEL_SIZE = pattern(
    r"(?<=[A-Za-z\d][-_])(?:\d{1,2}x)?\d{1,4}(?:\.\d{1,2})?[bBM](?![A-Za-z\d])|(?<=[A-Za-z\d][-_])\d{2,3}m(?![A-Za-z\d])"
)
OPENING_SIZE = pattern(r"\d{1,3}(?:\.\d)?[bB]-")  # 8B-v3-instruct
# Two names with a word between them.
PAIR = pattern(
    r"(?:compare\s+)?(\S+(?:\s\S+){0,3}?)\s+(?:vs\.?|versus|or|and|against)\s+(\S+(?:\s\S+){0,3}?)", re.IGNORECASE
)
LONGEST_WITHOUT_VOWELS = 6  # letters; longer runs without a vowel are typed at random


def nothing(name: str, platform: str = "unknown") -> Address:
    """Return the address of a text that names no model."""
    start = len(name) - len(name.lstrip())
    return Address(platform, (Part(start, len(name.rstrip()), "text", None),), (), kind=NOT_A_MODEL)


def names_line(text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a text contains the name of a product line."""
    lower = text.lower()
    for run in ALNUM_RUN.finditer(lower):
        for phrase in vocabulary.line_names(run[0]):
            if phrase_length(phrase, lower, lower, run.start(), run.end()):
                return True
    return False


def names_model(text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a text names a product line, or has a size as only models have one: Henbane-7b-attempt2."""
    return MODEL_SIZE.search(text) is not None or names_line(text, vocabulary)


def opens_with_line(text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a text begins with the name of a product line."""
    return bool(opening_lines(text, vocabulary))


def opening_lines(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the product lines whose name can be the beginning of a text."""
    lower = text.lower()
    run = ALNUM_RUN.match(lower)
    if run is None:
        return []
    named = (
        phrase.meaning.line
        for phrase in vocabulary.line_names(run[0])
        if phrase_length(phrase, lower, lower, 0, run.end())
    )
    return [line for line in named if line is not None]


def publishes(word: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word is the name of an account that publishes models."""
    lower = word.lower()
    accounts = (vocabulary.owners, vocabulary.publishers, vocabulary.repackagers)
    return word in vocabulary.makers or any(lower in names for names in accounts)


def completes(folder: str, file: str, beside: bool, vocabulary: Vocabulary) -> bool:
    """Return whether a folder is the repository of its file: it starts like the file, or names what the file leaves out."""
    words, own = WORD.findall(folder.lower()), WORD.findall(file.lower())
    if len(words) > 1 and any(c.isdigit() for c in folder) and words[:2] == own[:2]:
        return True
    if words[:1] == own[:1] and MODEL_SIZE.search(folder) and not MODEL_SIZE.search(file):
        return True  # Kokoro-82M-bf16/kokoro-v1_0.safetensors
    says_less = beside or not names_line(file, vocabulary)
    return says_less and len(words) > 1 and (names_model(folder, vocabulary) or OPENING_SIZE.match(folder) is not None)


def pair_of_names(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return the two names of models that a text puts against each other: `Qwen3-8B vs Llama-3.1-8B`; otherwise None."""
    found = PAIR.fullmatch(text.rstrip("?").strip())
    if found is None or not all(names_line(name, vocabulary) and not small_words(name) for name in found.groups()):
        return None
    return found[1], found[2]


def is_foreign_file(text: str) -> bool:
    """Return whether a text is the name of a file that no model comes in: a document, a picture, a program.

    >>> is_foreign_file("report_final_v2.docx"), is_foreign_file("C:/photos/cat.jpg"), is_foreign_file("Qwen3-8B.gguf")
    (True, True, False)
    """
    stem, _, ending = text.rpartition(".")
    if stem and stem[-1].isalnum() and ending.lower() in FOREIGN:
        return True
    return ending in PACKED and BUILD.fullmatch(text) is not None


def small_words(text: str) -> int:
    """Count the words that sentences have and names don't."""
    small = paste_tables().small_words
    return sum(word.strip(".,;:!?\"'()") in small for word in text.lower().replace("’", "'").split())


def is_headline(slug: str) -> bool:
    """Return whether the last part of a web address reads like a headline.

    >>> is_headline("qwen3_is_out"), is_headline("qwen3-8b-instruct")
    (True, False)
    """
    return any(word in paste_tables().small_words for word in slug.lower().replace("_", "-").split("-"))


def is_prose(text: str) -> bool:
    """Return whether a text is a question or a sentence.

    >>> is_prose("How do I run Qwen 3 on my Mac?"), is_prose("Qwen 2.5 Coder 7b")
    (True, False)
    """
    count = small_words(text)
    asks = text.rstrip().endswith(("?", "？"))
    if len(text.split()) > 2:
        return count > 1 or (asks and count > 0)
    return text.rstrip().endswith(("？", "。", "吗?", "か?"))


def is_noise(text: str) -> bool:
    """Return whether a text that nothing explains is noise: signs alone, small words, keys hit at random.

    >>> [is_noise(text) for text in ("asdfghjkl", "hello world", "sdkfjhskdf", "SorskootLLM", "zorblat")]
    [True, True, True, False, False]
    """
    words = [run.lower() for run in ALNUM_RUN.findall(text) if not run.isdecimal()]
    if len(text.split()) > 1 and not any(c.isdigit() for c in text):
        return True  # several words without a number among them
    if any(mark in text for mark in "\"'(){}=;<>") or any(len(run) >= LONGEST_WORD for run in WORD.findall(text)):
        return True  # code, or a key
    small = paste_tables().small_words
    return all(word in small or _is_mashed(word) for word in words)


def _is_mashed(word: str) -> bool:
    if not word.isascii() or len(word) < 4:
        return False
    if len(set(word)) <= 2 or (len(word) > LONGEST_WITHOUT_VOWELS and not set(word) & set("aeiouy")):
        return True
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    near = sum(any(pair in row or pair[::-1] in row for row in KEY_ROWS) for pair in pairs)
    return near / len(pairs) >= (FEWEST_NEIGHBOURS if len(word) > 4 else 1.0)


# Files that belong to a model, by the way that programs name them.
FILE_ROLES = (
    (pattern(r"(?i).*imatrix.*\.dat$|.*\.imatrix$|imatrix.*\.gguf$|.*\.imatrix\.gguf$"), "imatrix"),
    (pattern(r"(?i)adapter_(?:model|config)\.\w+$"), "adapter"),
    (pattern(r"(?i)(?:tokenizer(?:_config)?|vocab|merges|special_tokens_map|added_tokens)\.\w+$"), "vocab"),
)


def role_of(file: str) -> str | None:
    """Return the role of a file whose name is one that programs give to such files.

    >>> role_of("imatrix-Ling-1T-Q8_0.dat"), role_of("tokenizer.json"), role_of("Qwen3-8B-Q8_0.gguf")
    ('imatrix', 'vocab', None)
    """
    return next((role for name, role in FILE_ROLES if name.match(file)), None)


REGISTRIES = frozenset(("docker", "nvidia-nim", "oci-registry"))  # where images of programs are kept beside models
MODEL_FIELDS = frozenset(("params_b", "quant"))
# What the part that a file plays makes of what was pasted.
ROLES = {
    "mmproj": "projector", "adapter": "adapter", "draft": "draft", "imatrix": "imatrix", "vocab": "tokenizer", "tokenizer": "tokenizer",
}  # fmt: skip


def kind_of(
    address: Address, fields: Mapping[str, FieldValue], name: str, vocabulary: Vocabulary, *, explained: bool
) -> str:
    """Return what was pasted: what its address says, otherwise what its file is for; a model if neither says anything else.

    A text that nothing explains may be no name at all; neither is the image of a server, in which only a word that we
    don't know could name a line.
    """
    alone = not explained and not address.parts and len(address.regions) == 1
    if address.kind is None and alone and is_noise(name):
        return NOT_A_MODEL
    known_line = fields.get("family") in vocabulary.lines
    if address.kind is None and not known_line and MODEL_FIELDS.isdisjoint(fields):
        if address.platform in REGISTRIES and "host" in fields:
            return NOT_A_MODEL  # ghcr.io/ggml-org/llama.cpp:server
        program = str(fields.get("repo") or "").lower()
        if program in vocabulary.programs:
            return NOT_A_MODEL  # lmsysorg/sglang:v0.5.19
    return address.kind or ROLES.get(fields.get("file_role", ""), "model")
