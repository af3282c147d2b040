"""Define the macros that pages call. Each looks up what the call names and passes it to a pure function that renders it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nameplate import NameplateError, decode
from nameplate.memory.machine import machines

from ..catalog.contents import Catalog
from ..catalog.faults import nearest
from ..catalog.models import Family, Term
from . import family_tables as tables
from . import (
    glossary,
    markup,
    memory_tables,
    programs_table,
    real_names,
    requests_table,
    structured_data,
    suffixes,
    table,
    usage,
    whole_way,
    widgets,
)
from . import licences as licence_texts
from . import quantization_table as quants
from .demonstrations import NAMES as DEMONSTRATIONS
from .demonstrations import written as written_demonstration
from .family_card import card
from .macro_names import OF_SITE
from .page import CurrentData, PageAddress, PageError, address_of
from .picker_widget import PARAMETERS, Example
from .picker_widget import picker as written_picker


class Macros:
    """The macros of one build, bound to mkdocs-macros' environment, which knows the page that is being rendered."""

    names: tuple[str, ...] = OF_SITE

    def __init__(self, env: Any) -> None:
        self._env = env
        self._docs = Path(env.conf["docs_dir"])
        self._widgets: Counter[str] = Counter()
        self._data = CurrentData()

    def by_name(self) -> dict[str, Callable[..., str]]:
        """Return what pages may call."""
        return {name: getattr(self, name) for name in self.names}

    def term(self, slug: str, text: str | None = None) -> str:
        """Render a link to a term of the glossary; its definition is the tooltip."""
        return glossary.link(self._term(slug), self._page.source, text)

    def glossary(self) -> str:
        """Render the whole glossary: every term, found by letter or by subject."""
        terms, families = self._catalog.terms, self._catalog.families.values()
        uses = usage.by_term(self._docs, terms)
        self._describe(structured_data.defined_terms(self._env.conf.get("site_name", ""), terms))
        return glossary.page(terms, uses, self._page, real_names.by_term(terms, families))

    def families(self) -> str:
        """Render the list of families that have a page."""
        return tables.families(self._catalog.families, self._page)

    def family(self, slug: str) -> str:
        """Render what comes below the prose of a family's page: the memory it needs, licences, sources, other families."""
        known = self._catalog
        return tables.family(self._family("family", slug), self._page, known.families, known.licences)

    def family_card(self, slug: str) -> str:
        """Render what a family's page begins with: key facts, links to its parts, the rules of its names, its variants."""
        known, texts = self._family("family_card", slug), self._catalog.licences
        parts = (card(known, self._page, texts), tables.contents(known, self._page, texts))
        return "\n\n".join((*parts, tables.names_and_variants(known, self._page)))

    def variants(self, slug: str) -> str:
        """Render the table of a family's variants, with sources."""
        return tables.variants(self._family("variants", slug), self._page)

    def suffixes(self) -> str:
        """Render what a missing suffix means, family by family."""
        return suffixes.suffixes(self._catalog.families, self._page)

    def tally(self) -> str:
        """Render the place where the page counts the exercises that a reader had right."""
        return table.tally(self._page)

    def quants(self) -> str:
        """Render the labels of quantizations, with their bits per weight and what they lose."""
        return quants.quants(self._catalog.terms, self._page)

    def programs(self) -> str:
        """Render which programs open which formats of weights."""
        return programs_table.programs(self._catalog.picking.runtimes, self._catalog.terms, self._page)

    def licences(self) -> str:
        """Render what every licence in the data allows."""
        return licence_texts.licence_table(self._catalog.licences, self._page)

    def whole_way(self) -> str:
        """Render the picture of the way from text to text, with a link at each station."""
        return whole_way.whole_way(self._page)

    def compare(self, first: str, second: str, *more: str) -> str:
        """Render two or more names side by side, with the differences marked."""
        names = [self._readable("compare", name) for name in (first, second, *more)]
        return widgets.compared(names, self._page)

    def understanding(self) -> str:
        """Render how well the picker understands requests that it hasn't seen, by language."""
        from ..compiler.requests.build import known_report

        return requests_table.understanding(known_report())

    def counts(self) -> str:
        """Render how much the site knows, in one line."""
        return tables.counts(self._catalog)

    def legend(self) -> str:
        """Render what the colours of a reading mean."""
        return widgets.legend()

    def decoded(self, name: str) -> str:
        """Render the reading of a name, as the live decoder shows it."""
        return widgets.decoded(self._readable("decoded", name), self._page)

    def embedded(self, name: str) -> str:
        """Render a name as other pages embed it, and what they paste for that."""
        site = str(self._env.conf.get("site_url") or "")
        return widgets.embedded(self._readable("embedded", name), self._page, site)

    def decode_link(self, name: str, text: str = "", beside: str = "") -> str:
        """Render a link to the reading of a name, or to its comparison with another one."""
        for one in filter(None, (name, beside)):
            self._readable("decode_link", one)
        return markup.decode_link(name, self._page.url, text, beside)

    def choose_link(self, text: str, names: str, task: str = "", machine: str = "", gpu_gb: str = "") -> str:
        """Render a link to the picker with a question. `names` are separated by commas, `gpu_gb` are decimal gigabytes."""
        for one in names.split(","):
            self._readable("choose_link", one)
        asked = markup.question(names=names, task=task, machine=machine, gpu_gb=gpu_gb)
        return (
            f'<a href="{markup.escaped(f"{markup.way_up(self._page.url)}choose/{asked}")}">{markup.escaped(text)}</a>'
        )

    def decoder(self, example: str, *tries: str) -> str:
        """Render the live decoder, with the reading of an example in it and other names to try."""
        for name in (example, *tries):
            self._readable("decoder", name)
        self._widgets[self._page.source] += 1
        manifest = widgets.manifest(self._docs / "assets")
        self._start_early("q", ("q", "with", "view"), manifest)
        self._describe_application()
        report = self._env.conf["extra"].get("report_url", "")
        return widgets.decoder(example, tries, self._page, self._widgets[self._page.source], manifest, report)

    def demonstration(self, name: str) -> str:
        """Render a demonstration of the guide, with the state that it begins with."""
        if name not in DEMONSTRATIONS:
            known = ", ".join(DEMONSTRATIONS)
            hint = nearest(name, DEMONSTRATIONS)
            raise self._error("demonstration", name, f'there is no demonstration "{name}".{hint} Known: {known}')
        self._env.page.meta["has_demonstration"] = True
        self._widgets[f"{self._page.source} {name}"] += 1
        manifest = widgets.manifest(self._docs / "assets")
        return written_demonstration(name, self._page, self._widgets[f"{self._page.source} {name}"], manifest)

    def picker(self, names: str, task: str, machine: str = "", *tries: str) -> str:
        """Render the widget for choosing, with the answer to a question in it.

        `names` are separated by commas, `machine` is a key of the list of machines. `tries` are questions to try: a title,
        names (none to search all models), a task and a description of a machine, with `|` between them.
        """
        example = self._question("picker", names, task, machine)
        to_try = dict(map(self._try, tries))
        self._widgets[self._page.source] += 1
        manifest = widgets.manifest(self._docs / "assets")
        self._start_early("names task", PARAMETERS, manifest)
        self._describe_application()
        number = self._widgets[self._page.source]
        return written_picker(example, to_try, self._page, self._catalog.families, number, manifest)

    def _try(self, text: str) -> tuple[str, Example]:
        """Return the title and the question of something to try."""
        title, names, task, machine = (*map(str.strip, text.split("|")), "", "", "")[:4]
        several = [self._readable("picker", name.strip()) for name in names.split(",") if name.strip()]
        return title, Example(several, task, machine)

    def picked(self, names: str, task: str) -> str:
        """Render which of the names the picker recommends for a task."""
        return memory_tables.picked(self._question("picked", names, task, ""), self._page)

    def needs(self, names: str, context: str = "8192", machine: str = "") -> str:
        """Render a table of the memory that names need for a context, compared with a machine of the list."""
        asked = self._question("needs", names, "", machine)
        return memory_tables.needs(asked.names, int(context), machine, self._page)

    def _start_early(self, parameters: str, known: Sequence[str], manifest: Mapping[str, Any]) -> None:
        """Make the template put into the page's head what starts Python if the address has one of these parameters.

        `known` are all parameters that a question has. The template moves them out of the query of an older link.
        """
        self._env.page.meta["asked_with"] = list(known)
        self._env.page.meta["early_start"] = widgets.early_start(parameters, self._page, manifest)

    def _describe_application(self) -> None:
        configuration = self._env.conf
        self._describe(
            structured_data.application(configuration.get("site_name", ""), configuration.get("site_description", ""))
        )

    def _describe(self, description: str) -> None:
        """Make the template put a description for search engines into the page's head."""
        self._env.page.meta["structured_data"] = description

    def _question(self, macro: str, names: str, task: str, machine: str) -> Example:
        several = tuple(self._readable(macro, name.strip()) for name in names.split(","))
        keys = [one.key for _, group in machines() for one in group]
        if machine and machine not in keys:
            hint = nearest(machine, keys)
            raise self._error(macro, machine, f'there is no machine "{machine}".{hint} Known: {", ".join(keys)}')
        return Example(several, task, machine)

    @property
    def _page(self) -> PageAddress:
        return address_of(self._env.page)

    @property
    def _catalog(self) -> Catalog:
        return self._data.catalog

    def _term(self, slug: str) -> Term:
        terms = self._catalog.terms
        if slug not in terms:
            aliases = {alias.casefold(): term.slug for term in terms.values() for alias in (term.term, *term.aliases)}
            known = aliases.get(str(slug).casefold())
            hint = f' Did you mean "{known}"?' if known else nearest(str(slug), [*terms, *aliases])
            raise self._error(
                "term", slug, f'the glossary has no term "{slug}".{hint} Otherwise add the term to the glossary'
            )
        return terms[slug]

    def _family(self, macro: str, slug: str) -> Family:
        families = self._catalog.families
        if slug not in families:
            hint = nearest(str(slug), families)
            raise self._error(
                macro, slug, f'no family page is called "{slug}".{hint} Otherwise add docs/families/{slug}.md'
            )
        return families[slug]

    def _readable(self, macro: str, name: str) -> str:
        self._data.catalog  # noqa: B018 -- says at once what is wrong with the data; the decoder would compile them each time
        try:
            decode(name)
        except NameplateError as error:
            raise self._error(macro, name, f"{error} Put a model name here") from error
        return name

    def _error(self, macro: str, argument: str, message: str) -> PageError:
        source = self._page.source
        line = _line_of(self._docs / source, macro, argument)
        return PageError(f'docs/{source}:{line} {macro}("{argument}"): {message}.')


def _line_of(path: Path, macro: str, argument: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if macro in line and argument in line:
            return number
    return 1
