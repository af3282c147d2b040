"""A pasted list of a hub's files: which files are found in it, and what a row says of each."""

from __future__ import annotations

import pytest

from nameplate import decode
from nameplate.address.file_list import files, one_per_line
from nameplate.render.listing import row

REST = "Upload folder using huggingface_hub\nabout 1 month ago"
PAGE = f"""
main
Otter-7B-GGUF
/
13.9 GB
Ctrl+K
1 contributor
History:
6 commits
someone
Upload otter-7b-Q8_0.gguf with huggingface_hub
621db3f
verified
{REST}
original
{REST}
.gitattributes
Safe
2.68 kB
{REST}
  README.md
21.2 kB
Update README.md
LICENSE
11.3 kB
{REST}
otter-7b-Q4_K_M.gguf
Safe
4.37 GB
xet
{REST}
otter-7b-Q8_0.gguf
pickle
7.70 GB
LFS
{REST}
mmproj-F16.gguf

1.30 GB
xet
"""


def test_files_with_their_sizes_are_found_and_nothing_else() -> None:
    assert [(found.name, found.size) for found in files(PAGE)] == [
        (".gitattributes", "2.68 kB"),
        ("README.md", "21.2 kB"),
        ("LICENSE", "11.3 kB"),
        ("otter-7b-Q4_K_M.gguf", "4.37 GB"),
        ("otter-7b-Q8_0.gguf", "7.70 GB"),
        ("mmproj-F16.gguf", "1.30 GB"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "llama-7b\nllama-13b\n8 GB",
        "I have a card with\n24 GB\nand a laptop with\n16 GB",
        "otter-7b.gguf\n4.1 GB",
        "llama3.2:latest    a80c4f17acd5    2.0 GB    3 weeks ago\nqwen3:8b    500a1f067a9f    5.2 GB    2 days ago",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert one_per_line(text) == ""


def test_a_row_says_what_each_file_is_and_its_size() -> None:
    rows = [row(decode(line)) for line in one_per_line(PAGE).splitlines()]
    assert [(found["name"], found["what"], found["size_bytes"]) for found in rows] == [
        (".gitattributes", "list of the large files, for Git", 2680),
        ("README.md", "model card", 21200),
        ("LICENSE", "licence or terms of use", 11300),
        ("otter-7b-Q4_K_M.gguf", "the model itself", 4370000000),
        ("otter-7b-Q8_0.gguf", "the model itself", 7700000000),
        ("mmproj-F16.gguf", "projector for images or audio", 1300000000),
    ]
    assert [found["unknown"] for found in rows[:3]] == [None, None, None], "they name no model"
    assert [found["bits"] for found in rows[3:]] == [4.89, 8.5, 16], "with the scales of each block"


@pytest.mark.parametrize(
    ("line", "name", "size"),
    [
        ("-rw-r--r-- 1 me me 5.0G Nov 3 10:11 Qwen3-8B-Q4_K_M.gguf", "Qwen3-8B-Q4_K_M.gguf", None),
        ("llama3.2:latest    a80c4f17acd5    2.0 GB    3 weeks ago", "llama3.2:latest", 2000000000),
        ("Qwen/Qwen3-8B", "Qwen/Qwen3-8B", None),
    ],
)
def test_other_lists_have_names_and_sizes_too(line: str, name: str, size: int | None) -> None:
    found = row(decode(line))
    assert (found["name"], found["size_bytes"]) == (name, size)
