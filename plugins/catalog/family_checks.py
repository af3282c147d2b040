"""Check that the families' pages and the known architectures agree with the other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .faults import Fault, Origin, Origins, nearest
from .front_matter import Place
from .models import Family, Licence, Line, ModelArchitecture

SAME_SIZE = 0.02  # two counts of parameters that differ by less are the same


def check_families(
    families: Mapping[str, Family], lines: Mapping[str, Line], licences: Mapping[str, Licence], origins: Origins
) -> Iterator[Fault]:
    """Find lines, licences and sources that don't exist, and models that appear twice."""
    for slug, family in families.items():
        origin = origins["family", slug]
        if family.line not in lines:
            yield origin.fault(("line",), no_line(family.line, lines))
        yield from _check_licences(family, licences, origin)
        yield from _check_sources(family, origin)
        yield from _check_variants(family, origin)
    yield from _check_names_of_variants(families, origins)


def _check_licences(family: Family, licences: Mapping[str, Licence], origin: Origin) -> Iterator[Fault]:
    """A licence is written by its own tag, so that what it allows is found in one place."""
    used: list[tuple[Place, str | None]] = [(("licence",), family.licence)]
    used += [(("variants", index, "licence"), variant.licence) for index, variant in enumerate(family.variants)]
    for place, tag in used:
        if tag is not None and tag not in licences:
            yield origin.fault(place, no_licence(tag, licences))


def _check_sources(family: Family, origin: Origin) -> Iterator[Fault]:
    used: list[tuple[Place, str]] = []
    if family.no_suffix:
        used.append((("no_suffix", "source"), family.no_suffix.source))
    used += [(("suffixes", index, "source"), suffix.source) for index, suffix in enumerate(family.suffixes)]
    for index, variant in enumerate(family.variants):
        used.append((("variants", index, "source"), variant.source))
        used += [(("variants", index, "config", number), source) for number, source in enumerate(variant.config)]
    for place, source in used:
        if source not in family.sources:
            yield origin.fault(
                place, f'sources of this page has no key "{source}".{nearest(source, family.sources)} Otherwise add it'
            )


def _check_variants(family: Family, origin: Origin) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, variant in enumerate(family.variants):
        if variant.name in seen:
            yield origin.fault(("variants", index), f'"{variant.name}" is listed twice. Keep one')
        seen.add(variant.name)


def _check_names_of_variants(families: Mapping[str, Family], origins: Origins) -> Iterator[Fault]:
    """An alias leads to one model: it is nowhere the name of a model, nor an alias of another one."""
    owner = {
        variant.name.rpartition("/")[2].casefold(): variant.name
        for family in families.values()
        for variant in family.variants
    }
    for slug, family in families.items():
        for index, variant in enumerate(family.variants):
            for alias in variant.aliases:
                other = owner.setdefault(alias.casefold(), variant.name)
                if other != variant.name:
                    message = f'"{alias}" is the model "{other}" already. Keep it with one'
                    yield origins["family", slug].fault(("variants", index, "aliases"), message)


def check_architectures(
    architectures: Mapping[str, ModelArchitecture],
    lines: Mapping[str, Line],
    families: Mapping[str, Family],
    origins: Origins,
) -> Iterator[Fault]:
    """Find architectures of lines that don't exist, and those that contradict a family's page."""
    variants = {variant.name: variant for family in families.values() for variant in family.variants}
    for model, row in architectures.items():
        origin = origins["model", model]
        if row.line not in lines:
            yield origin.fault(("line",), no_line(row.line, lines))
        variant = variants.get(model)
        if variant is None:
            continue
        if row.params_b and variant.params_b and abs(row.params_b / variant.params_b - 1) > SAME_SIZE:
            message = f"the family's page gives {model} {variant.params_b} billion. Take the wrong one out"
            yield origin.fault(("params_b",), message)
        if row.architecture and variant.architecture and row.architecture.layers != variant.architecture.layers:
            message = f"the family's page gives {model} {variant.architecture.layers} layers. Take the wrong one out"
            yield origin.fault(("architecture",), message)


def no_line(name: str, lines: Mapping[str, Line]) -> str:
    """Return the message about a line that doesn't exist."""
    return f'no line is called "{name}".{nearest(name, lines)} Lines are listed in widgets/nameplate/data/lines/'


def no_licence(tag: str, licences: Mapping[str, Licence]) -> str:
    """Return the message about a licence that doesn't exist; an alias gets its own tag as a suggestion."""
    own = next((one.licence for one in licences.values() if tag in one.aliases), None)
    hint = f' Write "{own}"' if own else nearest(tag, licences)
    return f'no licence is called "{tag}".{hint} Licences are listed in licences.yml'
