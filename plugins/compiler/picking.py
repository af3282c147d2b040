"""Compile what the picker loads: tasks with their wordings as stems, rules, capabilities, licences, runtimes, skills."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.picker.phrases import words_of
from nameplate.picker.spelling import letters_and_digits
from nameplate.picker.understanding.features import plain, tokens
from nameplate.picker.wording import wording

from ..catalog.contents import Catalog
from ..catalog.picker_models import Capability, PickerTask
from .constants import Row, Tables

FILLER = "filler"  # the concept of words that say nothing about a task
# Concepts of words around a limit on parameters; they stay as they are written.
LIMITS = ("billions", "at-most", "or-less", "at-least", "or-more", "up-to")
# The concepts of words around the languages that something is translated from and into.
DIRECTIONS = {"INTO": "into", "FROM": "from", "TO": "to", "ARTICLES": "article"}


def parts(catalog: Catalog) -> Tables:
    """Return the constants of the module."""
    picking = catalog.picking
    cues = [row for row in picking.wording.values() if row.cue]
    return {
        "TASKS": tuple(map(_task, picking.tasks.values())),
        "CONCEPTS": {
            row.concept: tuple(
                part.stems for word in (*row.words, *filter(str.isascii, row.codes)) for part in wording(word)
            )
            for row in picking.wording.values()
            if row.concept and row.concept not in (FILLER, *DIRECTIONS.values(), *LIMITS) and not row.leaves_open
        },
        "UNCLEAR": {
            " ".join(tokens(word)): row.leaves_open
            for row in picking.wording.values()
            if row.leaves_open
            for word in row.words
        },
        "FILLERS": tuple(
            token
            for row in picking.wording.values()
            if row.concept == FILLER
            for word in row.words
            for token in tokens(word)
        ),
        "LIMITS": {row.concept: row.words for row in picking.wording.values() if row.concept in LIMITS},
        **{
            name: tuple(plain(word) for row in picking.wording.values() if row.concept == concept for word in row.words)
            for name, concept in DIRECTIONS.items()
        },
        "LANGUAGES": {plain(name): code for row in picking.wording.values() for name, code in row.codes.items()},
        "CUES": tuple(
            (row.cue, row.title, row.machine, tuple(row.sets.items()), row.aside, _wordings(row.wordings))
            for row in cues
        ),
        "PHRASES": tuple(
            (row.cue, language, words_of(text))
            for row in cues
            for language, texts in row.phrases.items()
            for text in texts
        ),
        "RULES": {
            name: (
                rule.description,
                rule.weight,
                rule.counts,
                rule.source,
                rule.checked.isoformat() if rule.checked else None,
            )
            for name, rule in picking.rules.items()
        },
        "CAPABILITIES": _by_line(picking.capabilities),
        "LICENCES": {
            tag: (one.name, one.commercial, one.description, one.source) for tag, one in catalog.licences.items()
        },
        "RUNTIMES": {
            name: (
                one.title,
                one.machine,
                one.makers,
                one.loads,
                one.knows,
                tuple(one.plugins.items()),
                one.labels,
                one.source,
            )
            for name, one in picking.runtimes.items()
        },
        "SKILLS": {
            name: (one.description, one.narrow, one.field, one.topic, one.only, one.judges, one.weight)
            for name, one in picking.skills.items()
        },
        "TIERS": {word: one.tier for one in picking.tiers for word in one.words},
        "MODELS": _models(catalog),
        "FICTIONAL": tuple(family.line for family in catalog.families.values() if family.fictional),
    }


def _task(task: PickerTask) -> Row:
    return (
        task.task, task.title, task.does, task.also, task.stage, task.article,
        task.senses, task.skills, task.reasoning, task.infilling, task.training, task.topic, task.note, task.source,
        task.needs, task.public, task.tolerates,
    )  # fmt: skip


def _wordings(texts: Iterable[str]) -> Row:
    return tuple(tuple(map(tuple, wording(text))) for text in texts)


def _by_line(capabilities: Iterable[Capability]) -> dict[str, Row]:
    """Return the rows by line, in order; those for any line, which only words select, under an empty name."""
    found: dict[str, list[Row]] = {}
    for row in capabilities:
        compiled = (
            row.generations, row.editions, row.versions, row.stages, row.sizes, row.words,
            row.starts, row.ends, row.shape, row.beside, row.unless, row.modifications, row.fallback,
            row.kind, row.stage, row.infilling, row.tokenizer, row.licence, row.context, row.params_b, row.languages, row.directed, row.senses, row.skills, row.lacks,
            row.description, row.source,
        )  # fmt: skip
        for line in row.lines or ("",):
            found.setdefault(line, []).append(compiled)
    return {line: tuple(rows) for line, rows in found.items()}


def _models(catalog: Catalog) -> dict[str, Row]:
    """Return name and licence of the official models by their names without separators, so that copies find them."""
    found: dict[str, Row] = {}
    for family in catalog.families.values():
        for variant in family.variants:
            name = variant.name.rpartition("/")[2]
            source = family.sources[variant.source].url
            found[letters_and_digits(name)] = (name, variant.licence or family.licence, source)
    return found
