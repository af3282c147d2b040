"""Find the model in a command line: which words it has, which program it starts, and what that program's words are.

Where each program takes a model is data (commands.yml). All that says nothing about the model is kept as words of the
command, so that no character is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..patterns import pattern
from ..vocabulary.pastes import Command, PasteTables
from . import settings
from .calls import Call, Operand

# A word: quoted stretches may hold white space; the last alternative is a quote that nothing closes.
WORD = pattern(r"""(?:[^\s"'“”]|"[^"]*"|'[^']*'|“[^”]*”|["'“”])+""")
CONTINUED = frozenset(("\\", "`", "^"))  # at the end of a line: the command goes on
OPERATORS = frozenset(("|", "||", "&&", ";", "&", ">", ">>", "2>&1", "<", "2>", "|&"))
QUOTES = {'"': '"', "'": "'", "“": "”", "`": "`"}
OPTION = pattern(r"-{1,2}[A-Za-z][\w.-]*")
# Options that no command lists, and that are called like those of others: --judge-model, --tokenizer-model-path
MODEL_OPTION = pattern(r"--(?:[a-z]+[-_])*(?:models?|checkpoint|ckpt)(?:[-_](?:id|path|file|dir|repo|to[-_]run))?")
VARIABLE = pattern(r"\$(?:\w+|\{\w+\})")  # which says nothing itself: --model ${MODEL}
PAIR = pattern(r"(?:^|,)\s*([A-Za-z_]\w*)=([^,]*)")
ASSIGNED = pattern(r"([A-Za-z_]\w*)=(.+)", re.DOTALL)
EXTENSION = pattern(r"\.(?:exe|py|sh|bat)$")
PROGRAMS_TRIED = 4  # words that are called like a program, before a line counts as none of theirs
# Ordinary words unless they are written like this, at the start of the line: FROM of a Modelfile, /model of a chat
CLASHING_NAMES = frozenset(("FROM", "ADAPTER", "/model", "/load", "/editor-model", "/weak-model", ".model"))


class Word(NamedTuple):
    """A word of a command line, without the quotes around it."""

    start: int
    end: int
    text: str


def words(text: str) -> list[Word]:
    """Return the words of a command line."""
    found = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if match[0] in CONTINUED:
            continue
        if match[0][0] in CONTINUED and match[0][1:2] == "-":
            start += 1  # where the lines of a command were joined: "\\--port"
        start, end = unquoted(text, start, end)
        if end - start > 1 and text[end - 1] == ";":
            end -= 1
        found.append(Word(start, end, text[start:end]))
    return found


def unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without one pair of quotes around it."""
    if end - start >= 2 and QUOTES.get(text[start]) == text[end - 1]:
        return start + 1, end - 1
    return start, end


def parse(text: str, tables: PasteTables) -> Call | None:
    """Return the command in a text that starts a known program on a model, or any program with an option that names one.

    A command that takes no model (`ollama list`) has no operands.
    """
    line = words(text)
    tried = 0
    silent: Call | None = None
    for index, word in enumerate(line):
        commands = tables.commands(_program(word.text))
        if not commands or (index and word.text in CLASHING_NAMES):
            continue
        tried += 1
        for command in commands:
            call = _call(text, line, index, command, tables)
            if call is not None and call.operands:
                return call
            silent = silent or (call if index == 0 else None)
        if tried == PROGRAMS_TRIED:
            break
    if silent is not None:
        return silent
    if len(line) > 1 and OPTION.match(line[0].text):
        call = _call(text, line, -1, OPTIONS_ALONE, tables)
        return call if call is not None and call.operands else None
    if not _has_model_option(line, tables):
        return None
    call = _call(text, line, 0, NO_PROGRAM, tables)
    if call is None and VARIABLE.search(text):
        return Call((), (), ((line[0].start, line[-1].end),), None, ())  # the model's name is elsewhere
    return call


NO_PROGRAM = Command(None, (), (), {}, ())
OPTIONS_ALONE = NO_PROGRAM._replace(options={"-m": "model"})  # copied without the program in front


def _program(word: str) -> str:
    """Return the name of a program without folders and extension."""
    if word in CLASHING_NAMES:
        return word
    name = re.split(r"[\\/]", word)[-1].lower()
    return EXTENSION.sub("", name) if name.endswith((".exe", ".bat")) else name


def _has_model_option(line: list[Word], tables: PasteTables) -> bool:
    return len(line) > 1 and any(
        tables.options.get(option) in ("model", "likely", "repository", "arguments") or MODEL_OPTION.fullmatch(option)
        for option in (word.text.partition("=")[0] for word in line)
    )


def _call(text: str, line: list[Word], index: int, command: Command, tables: PasteTables) -> Call | None:
    """Return what the words are if the one at `index` starts the program; -1 stands for a program that was left out."""
    operands: list[Operand] = []
    options: list[tuple[int, int]] = []
    plain: list[Word] = []
    position = index + 1
    while position < len(line) and line[position].text not in OPERATORS:
        word = line[position]
        position += 1
        if OPTION.match(word.text) is None:
            plain.append(word)
            continue
        name, equals, given = word.text.partition("=")
        role = command.options.get(name) or tables.options.get(name) or command.options.get(name.lower(), "")
        role = role or ("likely" if MODEL_OPTION.fullmatch(name) else "other")
        start, end = word.start, word.end
        if equals:
            value = unquoted(text, word.end - len(given), word.end)
        elif position >= len(line) or _is_flag(name, role, command, tables):
            value = None
        elif _is_value(line[position].text):
            value = line[position][:2]
            end = line[position].end
            position += 1
        else:
            value = None
        found = list(_operands(text, value, role, tables)) if value else []
        operands += found
        options += _without((start, end), found)
    if not operands and (image := _image(plain, tables)):
        operands.append(image)
    verb, rest = _verb(line[index].text, command, plain)
    if verb is None and not operands:
        return None
    verb = verb[1:] if verb and verb[0] == "model" and any(one.role == "model" for one in operands) else verb
    for role, word in zip(verb or (), rest, strict=False):
        if role != "other" and VARIABLE.fullmatch(word.text) is None:
            operands.append(Operand(word.start, word.end, role))
    operands = _chosen(operands)
    taken = [*operands, *(Operand(start, end, "option") for start, end in options)]
    return Call(
        tuple(sorted(operands)),
        tuple(sorted(options)),
        tuple(_rest(text, line, taken)),
        command.platform,
        command.implies,
    )


def _is_flag(name: str, role: str, command: Command, tables: PasteTables) -> bool:
    """Return whether an option has no value; the program's own options take precedence."""
    return role == "flag" or (name not in command.options and (name in command.flags or name in tables.flags))


def _is_value(text: str) -> bool:
    """Return whether a word after an option is its value: not an option, not an operator; -1 is a number."""
    return text not in OPERATORS and (not text.startswith("-") or text[1:2].isdigit())


def _operands(text: str, value: tuple[int, int], role: str, tables: PasteTables) -> Iterator[Operand]:
    start, end = value
    if VARIABLE.fullmatch(text, start, end):
        return
    if role in ("model", "repository", "file", "revision", "quantization", "alias", "likely"):
        yield Operand(start, end, role)
    elif role == "settings":
        for given in settings.given(text[start:end], tables):
            if given.role in ("model", "repository"):
                yield Operand(start + given.start, start + given.end, "sent")
    elif role == "arguments":
        for pair in PAIR.finditer(text[start:end]):
            wanted = tables.settings.get(pair[1].lower(), "")
            if wanted and pair[2]:
                wanted = "repository" if wanted == "model" else wanted  # goes before the program that runs it
                yield Operand(*unquoted(text, start + pair.start(2), start + pair.end(2)), wanted)
    elif role == "variable":
        assigned = ASSIGNED.fullmatch(text[start:end])
        if assigned and tables.settings.get(assigned[1].lower()) in ("model", "repository"):
            yield Operand(*unquoted(text, start + assigned.start(2), start + assigned.end(2)), "model")


def _image(plain: list[Word], tables: PasteTables) -> Operand | None:
    """Return the image of a container that is itself a model, going by the site it comes from: nvcr.io/nim/meta/llama3-8b-instruct."""
    for word in plain:
        host, slash, _ = word.text.partition("/")
        if slash and "." in host and "://" not in word.text and tables.site(host.lower()):
            return Operand(word.start, word.end, "model")
    return None


def _verb(program: str, command: Command, plain: list[Word]) -> tuple[tuple[str, ...] | None, list[Word]]:
    """Return what the words after the sub-command are, and these words."""
    spoken = [word.text for word in plain[:4]]
    for verb, roles in command.verbs:
        if verb and tuple(spoken[: len(verb)]) == verb:
            return roles, plain[len(verb) :]
    bare = dict(command.verbs).get(())
    if bare is None:
        return None, plain
    named = next((word for role, word in zip(bare, plain, strict=False) if role == "model"), None)
    sure = named is not None and (_is_address(named.text) or (program in CLASHING_NAMES and len(plain) == 1))
    return (bare, plain) if sure else (None, plain)


def _is_address(text: str) -> bool:
    """Return whether a word can only be an address: programs without sub-commands are called like ordinary words."""
    text = text.rstrip(":")  # the end of a heading
    return any(mark in text for mark in "/\\:") or re.search(r"\.[A-Za-z]\w{1,10}$", text) is not None


def _chosen(operands: list[Operand]) -> list[Operand]:
    """Choose one model, and its repository over its file: `--hf-repo X --model x.gguf` names the file of X."""
    repositories = [operand for operand in operands if operand.role == "repository"]
    models = [operand for operand in operands if operand.role == "model"]
    sent = [operand for operand in operands if operand.role == "sent"]
    if sent:  # what a request asks for, and not the address that it goes to
        return [sent[0]._replace(role="model")]
    chosen = [operand for operand in operands if operand.role not in ("repository", "model", "likely")]
    models = models or [operand._replace(role="model") for operand in operands if operand.role == "likely"]
    if repositories:
        chosen.append(repositories[0]._replace(role="model"))
        chosen += [operand._replace(role="file") for operand in models[:1]]
    else:
        chosen += models[:1]
    if repositories or models:
        return chosen
    return [operand for operand in operands if operand.role == "alias"]  # ollama create NAME -f Modelfile


def _without(span: tuple[int, int], operands: list[Operand]) -> list[tuple[int, int]]:
    """Return the stretches of an option that aren't operands."""
    start, end = span
    found = []
    for operand in sorted(operands):
        found.append((start, operand.start))
        start = operand.end
    if start < end:
        found.append((start, end))
    return [(a, b) for a, b in found if a < b]


def _rest(text: str, line: list[Word], taken: list[Operand]) -> Iterator[tuple[int, int]]:
    """Return the stretches between what is taken."""
    position = line[0].start if line else 0
    for operand in sorted(taken):
        yield position, operand.start
        position = operand.end
    yield position, len(text)
