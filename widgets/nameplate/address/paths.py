"""Find the model in a path on a disk: `~/.lmstudio/models/unsloth/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf`.

Some programs lay out their folders in a known way (folders.yml). In any other path the last part names the model, and a
folder before it only where that repeats or completes the name of the file.
"""

from __future__ import annotations

import re

from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.pastes import paste_tables
from .kinds import FILE_FOLDERS, completes, names_line, names_model, nothing, publishes
from .parts import Address, Part, Region
from .tail import BESIDE, BUNDLE, DIGEST, FILE
from .templates import Segment, Slot, address_of, fill_within, split

LOCAL = pattern(r"(?:/(?!/)|\.\.?[\\/]|~|\$[A-Za-z_{]|%[A-Za-z_]+%|[A-Za-z]:[\\/]|\\\\|file:)")
# A path with white space in its folders, and none in its last part nor before another root: C:\Users\Jo Doe\models\Qwen3-8B
SPACED = pattern(r"(?:[A-Za-z]:|~|\.{1,2})?(?:[\\/](?:[^\s\\/:]|[ ](?![~\\/-]|[A-Za-z]:))+)+[\\/][^\s\\/]+[\\/]?")
# Schemes followed by a disk, a bucket or a volume, and then a path.
STORES = frozenset(
    (
        "file",
        "s3",
        "s3a",
        "gs",
        "gcs",
        "az",
        "abfs",
        "abfss",
        "wasb",
        "wasbs",
        "hdfs",
        "oss",
        "cos",
        "r2",
        "minio",
        "dbfs",
        "nfs",
        "smb",
        "pvc",
        "gguf",
    )
)
DEEPEST = 4  # folders that a file of a model may be below the one with its name
# A folder inside a model's own: checkpoint-300, global_step1000, the hash of a commit, original
WITHIN = pattern(
    r"(?:(?:checkpoint|ckpt|global_?step|step|epoch|iter)[-_]?(?P<step>\d+)(?:[-_]merged)?|v\d+-\d{8}-\d{6}|[0-9a-f]{40}|final|best|merged|hf|original|snapshots?|main)$",
    re.IGNORECASE,
)
DIGEST_FILE = pattern(r"sha256[:-][0-9a-f]{6,64}$")


def is_local(text: str) -> bool:
    """Return whether a text is written as a path on a disk.

    >>> is_local("./model.gguf"), is_local("D:\\\\model.gguf"), is_local("Qwen/Qwen3-8B")
    (True, True, False)
    """
    if LOCAL.match(text) is not None or "\\" in text:
        return True
    first, below, _ = text.partition("/models/")
    within = text.partition("/")[0] in FILE_FOLDERS or (below != "" and "." not in first)
    return within and FILE.search(text) is not None


def is_known_layout(text: str) -> bool:
    """Return whether a path without a root has the folders of a program: text-generation-webui/models/...

    >>> is_known_layout("text-generation-webui/models/TheBloke_Llama-2-7B-GPTQ"), is_known_layout("accounts/fireworks/models/x")
    (True, False)
    """
    if text.count("/") < 2 or "://" in text or "models--" in text:
        return False  # a hub's cache folder says everything by itself
    segments = split(text, 0, len(text))
    lower = [segment.text.lower() for segment in segments]
    return any(fill_within(template, segments, lower) is not None for template in paste_tables().folders)


def parse(name: str, vocabulary: Vocabulary) -> Address:
    """Return the address in a path."""
    segments = split(name, 0, len(name))
    if not segments:
        return nothing(name)
    lower = [segment.text.lower() for segment in segments]
    for template in paste_tables().folders:
        slots = fill_within(template, segments, lower)
        if slots is not None:
            host = next((name[slot.start : slot.end] for slot in slots if slot.field == "host"), "")
            platform = vocabulary.hosts.get(host) or template.platform or _platform(segments[-1].text)
            found = address_of(name, slots, platform, vocabulary, template)
            return found._replace(local=True)
    return _anywhere(name, segments, vocabulary)


def _platform(file: str) -> str:
    return "gguf-file" if ".gguf" in file.lower() else "unknown"


def _anywhere(name: str, segments: list[Segment], vocabulary: Vocabulary) -> Address:
    """Return the address in a path of which only the last part is sure to name the model."""
    bundle = next((number for number, folder in enumerate(segments) if BUNDLE.search(folder.text)), len(segments))
    inside, segments = segments[bundle + 1 :], segments[: bundle + 1]
    *folders, last = segments
    step = WITHIN.match(last.text) if folders else None
    if step is not None and (step["step"] or names_model(folders[-1].text, vocabulary)):
        inside, last = [last, *inside], folders.pop()  # a step of its training, or a revision of it
        if folders and WITHIN.match(last.text):
            inside, last = [last, *inside], folders.pop()  # of one of several runs
    if DIGEST.match(last.text) or DIGEST_FILE.match(last.text):
        return nothing(name)
    is_weights, beside = FILE.search(last.text) is not None, BESIDE.search(last.text) is not None
    slots: list[Slot] = []
    if is_weights or beside:
        above = [completes(folder.text, last.text, beside, vocabulary) for folder in reversed(folders[-DEEPEST:])]
        if True in above and (above[0] or beside or not names_line(last.text, vocabulary)):
            for _ in range(above.index(True)):  # exported files and configurations are often some folders deeper
                slots.insert(0, Slot(*folders.pop()[:2], "path"))
            slots.insert(0, Slot(*folders.pop()[:2], "repo"))
        slots.append(Slot(last.start, last.end, "file"))
    else:
        slots.append(Slot(last.start, last.end, "repo"))
    if folders and slots[0].field == "repo" and publishes(folders[-1].text, vocabulary):
        slots.insert(0, Slot(*folders.pop()[:2], "publisher"))
    around = [Slot(folder.start, folder.end, "path") for folder in folders]
    below = [slot for folder in inside for slot in _inside(folder)]
    slots = sorted((*around, *slots, *below))
    return address_of(name, slots, _platform(last.text), vocabulary)._replace(local=True)


def _inside(folder: Segment) -> list[Slot]:
    """Return what a folder inside a model's own says: of `checkpoint-300` the number is the checkpoint."""
    step = WITHIN.match(folder.text)
    if step is None or not step["step"]:
        return [Slot(folder.start, folder.end, "path")]
    start, end = folder.start + step.start("step"), folder.start + step.end("step")
    slots = [Slot(folder.start, start, "path"), Slot(start, end, "checkpoint"), Slot(end, folder.end, "path")]
    return [slot for slot in slots if slot.start < slot.end]


def with_file(name: str, start: int, end: int) -> tuple[list[Part], list[Region]]:
    """Return the parts and regions of a path inside a repository: `UD-Q4_K_XL/Qwen3-8B-UD-Q4_K_XL.gguf`."""
    *folders, last = split(name, start, end)
    parts = [Part(folders[0].start, folders[-1].end, "path", None)] if folders else []
    if BESIDE.search(last.text):
        return [*parts, Part(last.start, last.end, "file", last.text)], []
    return parts, [Region(last.start, last.end, "file")]
