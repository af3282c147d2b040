"""What the catalogue of known models adds to a reading."""

from __future__ import annotations

import datetime

from ..reading import CataloguedAs
from ..vocabulary.lookup import Vocabulary
from .draft import ReadingDraft
from .family_rules import Rule, bare_generation, line_of
from .known_models import Known, NameParts, Part, exact_model, known_model, made_by_its_maker

MOST_DAYS_TO_RELEASE = 14  # from the day of a snapshot to its release: gpt-3.5-turbo-instruct-0914 waited four


def fill_from_catalogue(draft: ReadingDraft, named: NameParts | None) -> None:
    """Add what is known of exactly this model, or of all models that the name can mean.

    A fact about the model itself goes before the family's rule; what holds for several only fills gaps. Ollama's names
    are short for other models than the hub's.
    """
    repo = draft.fields.get("repo")
    if not repo or draft.address.platform == "ollama":
        return
    known = _named(draft.vocabulary, repo)
    if known is not None and draft.fields.get("family") not in (None, line_of(draft.vocabulary, known.page)):
        known = None  # another line that is called alike: Meta's SONAR isn't Perplexity's Sonar
    if known is None:
        parts = _parts(draft, named)
        if parts:
            family = draft.fields.get("family")
            known = _first_snapshot(draft, family, parts) or known_model(draft.vocabulary, family, parts)
    if known is None or not _is_meant(draft, known):
        return
    if "family" not in draft.fields:  # embed-v4.0 is named after what it does
        draft.put("family", line_of(draft.vocabulary, known.page), "catalogue")
    _fill(draft, known)
    draft.catalogued_as = CataloguedAs(known.names, known.exact)
    draft.put("original", draft.vocabulary.originals.get(repo.casefold()), "catalogue")


def _first_snapshot(draft: ReadingDraft, family: str | None, parts: frozenset[Part]) -> Known | None:
    """Return the closed model that came out on the day in the name, or within two weeks of it: gpt-5.5-2026-04-23."""
    day = draft.fields.get("date") or ""
    if len(day) != len("2026-04-23"):
        return None
    if exact_model(draft.vocabulary, family, parts) is not None:
        return None
    known = exact_model(draft.vocabulary, family, frozenset(part for part in parts if part[0] != "date"))
    facts = dict(known.facts) if known is not None else {}
    if facts.get("open_weights") is not False or not facts.get("released"):
        return None
    return known if _soon_after(facts["released"], day) or _soon_after(day, facts["released"]) else None


def fill_openness(draft: ReadingDraft, rule: Rule | None, names_it_alone: bool) -> None:
    """Say of the maker's own models that nobody can have the weights, where that holds for the family or the line.

    A name of the family that says nothing else (`names_it_alone`) is of such a model at whatever host.
    """
    line = draft.vocabulary.lines.get(draft.fields.get("family") or "")
    by_rule = rule is not None and rule.closed
    if not by_rule and not (line is not None and line.closed):
        return
    publisher = draft.fields.get("publisher")
    elsewhere = by_rule and names_it_alone and draft.fields.get("repo", "").islower()
    if elsewhere or publisher is None or made_by_its_maker(draft.vocabulary, line, publisher):
        draft.put("open_weights", False, "family")


def _named(vocabulary: Vocabulary, name: str) -> Known | None:
    """The catalogued model of exactly this name."""
    row = vocabulary.catalogue.get(name.casefold())
    return Known(row[2], (row[0],), row[1], exact=True, of_page=frozenset(row[4])) if row is not None else None


def _parts(draft: ReadingDraft, named: NameParts | None) -> frozenset[Part] | None:
    """What the name says of which model it is, with the generation as it was understood in the end: gpt-52 is 5.2.

    None where it says how the weights are stored: what was packaged again need not have the limits of its original.
    """
    if named is None or named.packaged:
        return None
    parts, generation = named.parts, draft.fields.get("generation")
    numbers = {part for part in parts if part[0] == "number"}
    packaged_as = draft.fields.get("version") if not numbers and generation is None else None
    if packaged_as is not None:  # Bedrock's v0:2, which belongs to the address
        return parts | {("number", bare_generation(packaged_as))}
    if generation is None or len(numbers) != 1:
        return parts
    return (parts - numbers) | {("number", bare_generation(generation))}


def _is_meant(draft: ReadingDraft, known: Known) -> bool:
    """Return whether the publishing account is the maker's, or a word in its place, or missing.

    A model that runs only at its maker's is meant whatever account comes first: only the maker can publish it.
    """
    publisher = draft.fields.get("publisher")
    owners = {name.rpartition("/")[0].casefold() for name in known.names}
    if publisher is None or publisher.casefold() in owners:
        return True
    if known.exact and owners == {""}:  # an ordinary word isn't its name under just any account: raxtemur/sonar
        return "family" in draft.fields or draft.vocabulary.may_sell(publisher, draft.name)
    if publisher == draft.address.platform:  # accounts/fireworks/models/...
        return True
    line = draft.vocabulary.lines.get(draft.fields.get("family") or "")
    return made_by_its_maker(draft.vocabulary, line, publisher)


def _fill(draft: ReadingDraft, known: Known) -> None:
    for key, value in known.facts:
        source = "catalogue" if known.exact and key not in known.of_page else "family"
        if key == "stage" and value == "base" and (draft.is_served or draft.is_written_by_hand(known.page)):
            continue  # the plain name of a model that answers, as often as not
        if key == "released" and known.exact:
            _complete_date(draft, value)
        if isinstance(value, tuple):
            if key not in draft.lists:
                draft.add(key, value, source)
            continue
        if known.exact and draft.sources.get(key) == "family":
            draft.fields.pop(key, None)
        draft.put(key, value, source)
    if known.exact:
        draft.hub_name = next((name for name in known.names if "/" in name), None)


def _complete_date(draft: ReadingDraft, released: str) -> None:
    """A month and a day in the name get their year from the release, if that was on the same day or soon after it."""
    day = draft.fields.get("date") or ""
    if not day.startswith("--"):
        return
    if released.endswith(day[1:]) or _soon_after(released, f"{released[:4]}{day[1:]}"):
        draft.fields["date"] = released[:4] + day[1:]
        draft.sources["date"] = "catalogue"


def _soon_after(released: str, day: str) -> bool:
    """Whether a model came out at most two weeks after the day in its name.

    >>> _soon_after("2023-09-18", "2023-09-14"), _soon_after("2023-03-01", "2023-01-25")
    (True, False)
    """
    try:
        waited = datetime.date.fromisoformat(released) - datetime.date.fromisoformat(day)
    except ValueError:  # 29 February
        return False
    return 0 <= waited.days <= MOST_DAYS_TO_RELEASE
