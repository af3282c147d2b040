"""What `import nameplate` offers, and what of it is loaded only on first use."""

from __future__ import annotations

import subprocess
import sys

import pytest

import nameplate
from nameplate import compare, decode


def test_everything_that_is_exported_is_there_and_listed() -> None:
    for name in nameplate.__all__:
        assert getattr(nameplate, name).__name__ == name
        assert name in dir(nameplate)
    assert {"compare", "decode", "estimate", "fit", "pick", "__version__"} <= set(dir(nameplate))


def test_dir_is_complete_before_anything_was_used() -> None:
    program = "import nameplate; print(set(nameplate.__all__) - set(dir(nameplate)))"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "set()\n"
    )


def test_every_error_is_exported() -> None:
    errors = {cls.__name__ for cls in nameplate.NameplateError.__subclasses__()}
    assert errors <= set(nameplate.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'decoder_of_rings'"):
        nameplate.decoder_of_rings  # noqa: B018


def test_compare_takes_two_names_or_more() -> None:
    found = compare("llama-7b", "llama-13b", "llama-70b")
    assert [reading.name for reading in found.readings] == ["llama-7b", "llama-13b", "llama-70b"]
    assert [row.key for row in found.different] == ["params_b"]
    with pytest.raises(TypeError):
        compare("llama-7b")  # type: ignore[call-arg]


def test_compare_refuses_what_decode_refuses() -> None:
    with pytest.raises(nameplate.EmptyNameError):
        compare("llama-7b", "")


def test_compare_leaves_out_the_catalogue_where_it_is_told_to() -> None:
    name = "meta-llama/Llama-3.1-8B-Instruct"
    assert decode(name).context is not None
    known = compare(name, name, catalogue=False).to_dict()["rows"]
    assert "context" not in {row["key"] for row in known}


def test_the_version_costs_no_import() -> None:
    program = "import nameplate, sys; nameplate.__version__; print('importlib.metadata' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )
