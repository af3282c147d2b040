"""Where a model can be found: the address of its page, and its package URL."""

from __future__ import annotations

from collections.abc import Mapping

from ..patterns import pattern
from ..reading import FieldValue
from ..vocabulary.lookup import Vocabulary
from .parts import Address

PLAIN = pattern(r"[\w.-]*")  # what needs no quoting
COMMIT_HASH = 40  # hexadecimal digits


def page(fields: Mapping[str, FieldValue], address: Address, vocabulary: Vocabulary) -> str | None:
    """The address of the model's own page, where the platform has one and the name says enough.

    A model that runs only at its maker's has none on a hub.
    """
    if fields.get("open_weights") is False or address.local or address.kind is not None:
        return None
    platform = vocabulary.hosts.get(fields.get("host", ""), address.platform)
    layout: str | None = vocabulary.pages.get(platform)
    if layout is None or not fields.get("repo") or ("{publisher}" in layout and not fields.get("publisher")):
        return None
    if platform == "ollama" and fields.get("publisher"):
        return None
    values: dict[str, str] = {key: fields.get(key) or "" for key in ("publisher", "repo", "tag")}
    if not all(map(PLAIN.fullmatch, values.values())):
        return None
    return layout.format(**values)


def package_url(fields: Mapping[str, FieldValue], address: Address, vocabulary: Vocabulary) -> str | None:
    """The package URL (purl) of a repository on Hugging Face: `pkg:huggingface/PUBLISHER/REPO@REVISION#FILE`.

    Commit hashes become lower case, as the type's definition asks; another host is named in `repository_url`.
    Source: https://github.com/package-url/purl-spec/blob/main/types/huggingface-definition.json
    """
    if fields.get("open_weights") is False:
        return None
    publisher, repo = fields.get("publisher"), fields.get("repo")
    host = fields.get("host")
    if "huggingface" not in (address.platform, vocabulary.hosts.get(host or "")) or not publisher or not repo:
        return None
    from ..address.quoting import quote

    purl = f"pkg:huggingface/{quote(publisher, safe='', errors='replace')}/{quote(repo, safe='', errors='replace')}"
    revision = fields.get("revision")
    if revision and revision != "main":
        is_hash = len(revision) == COMMIT_HASH and all(c in "0123456789abcdef" for c in revision.lower())
        purl += f"@{quote(revision.lower() if is_hash else revision, safe=':', errors='replace')}"
    if host and vocabulary.hosts.get(host) != "huggingface":
        purl += f"?repository_url=https:%2F%2F{quote(host, safe=':', errors='replace')}"
    if fields.get("file"):
        purl += f"#{quote(fields['file'], safe='/', errors='replace')}"
    return purl
