"""A client of the Model Context Protocol talks to the server as a program of its own, over its standard streams."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

import nameplate
from nameplate import compare, decode, fit, pick
from nameplate.cli import main
from nameplate.errors import NameplateError
from nameplate.glossary import look_up

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "nameplate", "mcp"], env=dict(os.environ))


def ask(talk: Callable[[Client], Awaitable[Any]]) -> Any:
    """Start the server, talk to it, and end it."""

    async def session() -> Any:
        async with Client(SERVER) as client:
            return await talk(client)

    with ThreadPoolExecutor() as thread:  # this one may have an event loop already: that of a browser
        return thread.submit(anyio.run, session).result()


def call(*calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Call tools one after the other in one session."""

    async def talk(client: Client) -> list[Any]:
        return [await client.call_tool(tool, arguments) for tool, arguments in calls]

    answers: list[Any] = ask(talk)
    return answers


def test_a_client_finds_five_tools_that_change_nothing() -> None:
    tools = ask(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["decode", "compare", "pick", "fit", "glossary"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    described = [value for tool in tools for value in tool.input_schema["properties"].values()]
    assert all("description" in value for value in described)


def test_tools_answer_like_the_functions() -> None:
    names = ["SorskootLLM-v2-13b", "SorskootLLM-v2-13b-chat"]
    answers = call(
        ("decode", {"name": "ollama run llama3.1:8b"}),
        ("compare", {"a": "Qwen3-8B", "b": "unsloth/Qwen3-8B-GGUF"}),
        ("pick", {"task": "help desk bot", "candidates": names}),
        ("fit", {"name": "Llama-3.1-8B-Instruct", "machine": "RTX 4090", "context": 8192}),
        ("glossary", {"word": "abliterated"}),
    )
    assert [answer.structured_content for answer in answers] == [
        decode("ollama run llama3.1:8b").to_dict(),
        compare("Qwen3-8B", "unsloth/Qwen3-8B-GGUF").to_dict(),
        pick(names, "help desk bot").to_dict(),
        fit("Llama-3.1-8B-Instruct", "RTX 4090", context=8192).to_dict(),
        {"word": "abliterated", "entries": look_up("abliterated")},
    ]


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("MoE", ["mixture-of-experts"]),
        ("context length", ["context-length"]),
        ("abliterated", ["abliterated-model"]),
        ("AWQ-8B", ["awq", "parameter"]),
    ],
)
def test_the_glossary_defines_words_of_names(word: str, terms: list[str]) -> None:
    assert [entry["term"] for entry in look_up(word)] == terms


def test_a_word_without_an_entry_is_said_with_similar_ones() -> None:
    with pytest.raises(
        NameplateError, match=r"no entry for 'quantisation label'\. Similar entries: quantization label"
    ):
        look_up("quantisation label")


def test_bad_input_is_an_answer_that_says_what_to_do() -> None:
    answers = call(
        ("decode", {"name": " "}), ("glossary", {"word": "zorp"}), ("fit", {"name": "Llama-3.1-8B", "context": -1})
    )
    assert all(answer.is_error for answer in answers)
    said = [answer.content[0].text for answer in answers]
    for text, words in zip(said, ("There's no name here", "no entry for 'zorp'", "context"), strict=True):
        assert words in text


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] == "mcp"]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "nameplate.mcp_server", raising=False)
    monkeypatch.delattr(nameplate, "mcp_server", raising=False)
    assert main(["mcp"]) == 2
    assert "pip install 'nameplate[mcp]'" in capsys.readouterr().err
