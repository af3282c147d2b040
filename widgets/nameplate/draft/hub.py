"""Ask a hub about one repository. The only module that needs huggingface_hub, which it imports late."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..reading import JsonObject

HUB = "https://huggingface.co"
CONFIG = "config.json"


class HubError(Exception):
    """Say why the hub has no answer, and what to do."""


@dataclass(frozen=True)
class Answer:
    """What the hub says: its own metadata, the front matter of the model card, and the configuration file.

    `config` is None if the repository has no such file or doesn't show it. `revision` is the commit that was read.
    """

    name: str
    endpoint: str
    revision: str | None
    card: JsonObject
    config: JsonObject | None
    pipeline: str | None = None
    tags: tuple[str, ...] = ()
    parameters: Mapping[str, int] | None = None
    created: str | None = None

    def address(self, file: str | None = None) -> str:
        """Return the address of the repository, or of one of its files at the commit that was read."""
        page = f"{self.endpoint}/{self.name}"
        return f"{page}/blob/{self.revision or 'main'}/{file}" if file else page


def ask(repository: str) -> Answer:
    """Return what the hub says about a repository. Raises HubError if it can't be asked or has no such repository."""
    try:
        from huggingface_hub import HfApi
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError
    except ImportError:
        message = "huggingface_hub is missing. Install it with: pip install 'nameplate[draft]'"
        raise HubError(message) from None
    endpoint = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    try:
        info = HfApi(endpoint=endpoint).model_info(repository)
    except (HfHubHTTPError, HFValidationError) as error:
        raise HubError(f"{repository}: {str(error).strip().splitlines()[0]}") from None
    except OSError as error:
        raise HubError(f"{endpoint} doesn't answer: {error}") from None
    except Exception as error:  # the library passes on the errors of whichever client it uses for HTTP
        raise HubError(f"{endpoint} doesn't answer: {type(error).__name__}: {error}") from None
    files = {file.rfilename for file in info.siblings or ()}
    return Answer(
        name=info.id,
        endpoint=endpoint,
        revision=info.sha,
        card=vars(info.card_data) if info.card_data else {},
        config=_config(info.id, info.sha, endpoint) if CONFIG in files else None,
        pipeline=info.pipeline_tag,
        tags=tuple(info.tags or ()),
        parameters=dict(info.safetensors.parameters) if info.safetensors else None,
        created=info.created_at.date().isoformat() if info.created_at else None,
    )


def _config(name: str, revision: str | None, endpoint: str) -> JsonObject | None:
    """Return the configuration file, or None if it's behind a form or isn't a JSON object."""
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError

    with tempfile.TemporaryDirectory() as folder:
        try:
            path = hf_hub_download(name, CONFIG, revision=revision, endpoint=endpoint, local_dir=folder)
            config = json.loads(Path(path).read_text(encoding="utf-8"))
        except (HfHubHTTPError, ValueError):
            return None
    return config if isinstance(config, dict) else None
