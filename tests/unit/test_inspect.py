"""What a model's files say beside what their name says. The files are written here: headers, and no weights."""

import contextlib
import json
import os
import random
import struct
from pathlib import Path

import pytest

from nameplate import inspect
from nameplate.cli import main
from nameplate.errors import FileFormatError
from tests.unit.model_files import (
    F16_CODE,
    LLAMA_8B,
    TENSORS_8B,
    gguf,
    safetensors,
    sparse,
    write_gguf,
    write_safetensors,
)

LLAMA = "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf"
CONFIG = {
    "architectures": ["Qwen3ForCausalLM"],
    "max_position_embeddings": 40_960,
    "num_hidden_layers": 36,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "hidden_size": 4096,
    "vocab_size": 151_936,
    "dtype": "bfloat16",
}


def keys(found: object) -> list[str]:
    return [one.key for one in found.disagreements]  # type: ignore[attr-defined]


def repository(
    folder: Path, config: object = None, shape: tuple[int, int] = (8_190, 1_000_000), dtype: str = "BF16"
) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(CONFIG if config is None else config), encoding="utf-8")
    write_safetensors(folder / "model.safetensors", {"model.weight": (dtype, shape)})
    return folder


def test_a_file_that_is_what_its_name_says(tmp_path: Path) -> None:
    found = inspect(write_gguf(tmp_path / LLAMA))
    assert found.disagreements == ()
    assert {"family", "params_b", "quant", "context", "layers", "kv_heads", "head_dim", "stage"} <= set(found.agreed)
    said = found.file
    assert (said.format, said.label, said.context, said.layers, said.kv_heads) == ("gguf", "Q4_K_M", 131_072, 32, 8)
    assert said.head_dim == 128
    assert said.vocabulary == 200
    assert said.params == 8_028_164_096
    assert said.bits_per_weight is not None
    assert 4.5 < said.bits_per_weight < 5


def test_a_file_with_the_name_of_another(tmp_path: Path) -> None:
    found = inspect(write_gguf(tmp_path / "Qwen3-14B-Q8_0.gguf"))
    assert keys(found) == ["family", "params_b", "quant", "context", "layers"]
    by_key = {one.key: one for one in found.disagreements}
    assert (by_key["quant"].name_says, by_key["quant"].file_says) == ("Q8_0", "Q4_K_M")
    assert by_key["params_b"].text == "The name says 14 billion parameters; the file has 8.03 billion."
    assert by_key["layers"].source == "catalogue"


@pytest.mark.parametrize(
    ("label", "code", "agrees"),
    [
        ("Q4_K_M", 15, True), ("Q4_K_S", 15, False), ("UD-Q4_K_XL", 15, True), ("Q8_0", 15, False), ("q4_k_m", 1024 + 15, True),
        ("Q4_K_M", None, True), ("Q8_0", None, False), ("F16", 1, True),
    ],
)  # fmt: skip
def test_labels_of_quantizations(tmp_path: Path, label: str, code: int | None, agrees: bool) -> None:
    metadata = {key: value for key, value in LLAMA_8B.items() if key != "general.file_type"}
    if code is not None:
        metadata["general.file_type"] = code
    found = inspect(write_gguf(tmp_path / f"Meta-Llama-3.1-8B-Instruct-{label}.gguf", metadata))
    assert ("quant" in keys(found)) == (not agrees)
    assert ("quant" in found.agreed) == agrees


def test_the_parts_of_a_split_file_are_read_together(tmp_path: Path) -> None:
    name = "Meta-Llama-3.1-8B-Instruct-Q4_K_M-0000{}-of-00002.gguf"
    first = write_gguf(tmp_path / name.format(1), LLAMA_8B, TENSORS_8B[:1])
    alone = inspect(first)
    assert alone.file.missing == (name.format(2),)
    assert alone.file.params is None
    assert keys(alone) == ["shard"]
    write_gguf(tmp_path / name.format(2), {"general.architecture": "llama"}, TENSORS_8B[1:])
    whole = inspect(first)
    assert whole.disagreements == ()
    assert whole.file.params == 8_028_164_096
    assert len(whole.file.files) == 2


def test_a_download_that_broke_off_is_noticed(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / LLAMA)
    os.truncate(path, path.stat().st_size - 1_000_000)
    assert "bytes too early" in inspect(path).notes[0]
    folder = repository(tmp_path / "Qwen3-8B")
    os.truncate(folder / "model.safetensors", 1_000_000)
    assert "bytes too early" in inspect(folder).notes[0]


def test_the_other_order_of_bytes_and_the_version_before(tmp_path: Path) -> None:
    for order, version in ((">", 3), ("<", 2)):
        path = sparse(tmp_path / LLAMA, gguf(LLAMA_8B, TENSORS_8B, order, version), 10_000_000_000)
        assert inspect(path).file.context == 131_072


def test_a_repository(tmp_path: Path) -> None:
    found = inspect(repository(tmp_path / "Qwen3-8B"))
    assert (found.name, found.disagreements) == ("Qwen3-8B", ())
    assert {"params_b", "context", "layers", "kv_heads"} <= set(found.agreed)
    assert (found.file.params, found.file.bits, found.file.weights_bytes) == (8_190_000_000, 16, 16_380_000_000)
    same = inspect(tmp_path / "Qwen3-8B" / "model.safetensors")
    assert same.file.params == found.file.params
    assert inspect(tmp_path / "Qwen3-8B" / "config.json").file.layers == 36


def test_a_repository_with_an_index(tmp_path: Path) -> None:
    folder = repository(tmp_path / "Qwen3-8B")
    names = [f"model-0000{number}-of-00002.safetensors" for number in (1, 2)]
    (folder / "model.safetensors").unlink()
    for name in names:
        write_safetensors(folder / name, {f"{name}.weight": ("BF16", (4095, 1_000_000))})
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {name: name for name in names}}), encoding="utf-8")
    for path in (folder, index, folder / names[0]):
        assert inspect(path).file.params == 8_190_000_000
    (folder / names[1]).unlink()
    found = inspect(folder)
    assert (keys(found), found.file.params, found.file.missing) == (["shard"], None, (names[1],))


def test_the_folder_of_a_cache_names_the_repository(tmp_path: Path) -> None:
    folder = repository(tmp_path / "models--Qwen--Qwen3-8B" / "snapshots" / "9c925d64d72725edaf899c6cb9c377fd0709d9c5")
    assert inspect(folder).name == "Qwen/Qwen3-8B"


@pytest.mark.parametrize(
    ("name", "quantization", "disagrees"),
    [
        ("Qwen3-8B-AWQ", {"quant_method": "awq", "bits": 4, "group_size": 128}, False),
        ("Qwen3-8B-GPTQ-Int8", {"quant_method": "gptq", "bits": 4, "group_size": 128}, True),
        ("Qwen3-8B-FP8", {"quant_method": "fp8"}, False),
        ("Qwen3-8B-bnb-4bit", {"quant_method": "bitsandbytes", "load_in_4bit": True}, False),
        ("Qwen3-8B-4bit", {"group_size": 64, "bits": 8}, True),
    ],
)
def test_quantizations_of_a_configuration(tmp_path: Path, name: str, quantization: object, disagrees: bool) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({**CONFIG, "quantization_config": quantization}), encoding="utf-8")
    assert ("quant" in keys(inspect(folder))) == disagrees


def test_packed_weights_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "Qwen3-8B-AWQ"
    folder.mkdir()
    config = {**CONFIG, "quantization_config": {"quant_method": "awq", "bits": 4, "group_size": 128}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    tensors = {
        "layer.qweight": ("I32", (1_000_000, 1024)),
        "layer.qzeros": ("I32", (1_000_000, 8)),
        "layer.scales": ("F16", (1_000_000, 64)),
    }
    write_safetensors(folder / "model.safetensors", tensors)
    assert inspect(folder).file.params == 8_192_000_000


def test_an_index_leads_nowhere_else(tmp_path: Path) -> None:
    index = tmp_path / "model.safetensors.index.json"
    for name in ("../secret.safetensors", "/etc/passwd", "a\\b.safetensors"):
        index.write_text(json.dumps({"weight_map": {"a": name}}), encoding="utf-8")
        with pytest.raises(FileFormatError, match="isn't a file beside it"):
            inspect(index)


HOSTILE = {
    "empty": b"",
    "magic only": b"GGUF",
    "another format": b"PK\x03\x04" + bytes(40),
    "version 1": b"GGUF" + struct.pack("<IQQ", 1, 0, 0),
    "huge counts": b"GGUF" + struct.pack("<IQQ", 3, 2**63, 2**63),
    "a huge text": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**62) + bytes(40),
    "a huge list": b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 8, 2**40) + bytes(40),
    "lists in lists": b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 99,
    "no such type": b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 99) + bytes(40),
    "huge dimensions": gguf({"general.architecture": "llama"}, [("w", (2**40, 2**40), F16_CODE)]),
    "many dimensions": gguf({"general.architecture": "llama"}, [("w", (1,) * 99, F16_CODE)]),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_with_the_place(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a-7b-Q4_K_M.gguf"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=r"a-7b-Q4_K_M\.gguf, byte [\d,]+: .+\.$"):
        inspect(path)


@pytest.mark.parametrize(
    "header",
    [
        b"", b"[" * 100_000, b'{"a": 1}', b'{"a": {"dtype": "F16", "shape": [-1], "data_offsets": [0, 1]}}', b"\xff\xfe", b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": {"dtype": "F16", "shape": [4], "data_offsets": [9, 1]}}', b'{"a": {"dtype": "F16", "shape": [4], "data_offsets": [0, 9]}}',
    ],
)  # fmt: skip
def test_hostile_headers_of_safetensors(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(FileFormatError, match=r"model\.safetensors"):
        inspect(path)
    path.write_bytes(struct.pack("<Q", 2**63) + header)
    with pytest.raises(FileFormatError, match="claims"):
        inspect(path)


def test_every_cut_of_a_file_is_refused_or_read(tmp_path: Path) -> None:
    path = tmp_path / LLAMA
    header, packed = gguf(LLAMA_8B, TENSORS_8B), safetensors({"a.weight": ("BF16", (4, 4))})[0]
    for whole, name in ((header, LLAMA), (packed, "model.safetensors")):
        path = tmp_path / name
        for size in range(0, len(whole), 7):
            path.write_bytes(whole[:size])
            with pytest.raises(FileFormatError):
                inspect(path)


def test_changed_bytes_are_refused_or_read(tmp_path: Path) -> None:
    dice = random.Random(1)
    for whole, name in (
        (gguf(LLAMA_8B, TENSORS_8B), LLAMA),
        (safetensors({"a.weight": ("BF16", (4, 4))})[0], "m.safetensors"),
    ):
        path = tmp_path / name
        for _ in range(300):
            changed = bytearray(whole)
            for _ in range(dice.randint(1, 8)):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            path.write_bytes(changed)
            with contextlib.suppress(FileFormatError):
                inspect(path).to_dict()


def test_what_is_no_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match="holds no GGUF file"):
        inspect(tmp_path)
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FileFormatError, match="isn't a GGUF file"):
        inspect(tmp_path / "notes.txt")
    for name in ("a-7b-Q4_0.gguf", "a-7b-Q8_0.gguf"):
        write_gguf(tmp_path / name)
    with pytest.raises(FileFormatError, match="holds 2 models: name one of them"):
        inspect(tmp_path)
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "missing.gguf")
    with pytest.raises(FileFormatError, match="isn't a path"):
        inspect("a\0b")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_gguf(tmp_path / "Qwen3-14B-Q8_0.gguf")
    assert main(["inspect", str(path)]) == 0
    said = capsys.readouterr().out
    assert "disagree in 5 points" in said
    assert "The name says Q8_0; the file says Q4_K_M" in said
    assert max(map(len, said.splitlines()[1:])) <= 88
    assert main(["inspect", "--json", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in found["disagreements"]] == ["family", "params_b", "quant", "context", "layers"]
    assert found["reading"]["family"] == "Qwen"
    assert found["file"]["label"] == "Q4_K_M"


def test_faults_of_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    assert main(["inspect", str(tmp_path / "a.gguf")]) == 2
    assert "byte 4: the file ends within the version" in capsys.readouterr().err
    assert main(["inspect", str(tmp_path / "b.gguf")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_texts_of_a_file_cannot_control_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_gguf(tmp_path / LLAMA, {**LLAMA_8B, "general.name": "Qwen\x1b[31m2-7B", "general.license": "a\x07b"})
    assert main(["inspect", str(path)]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\x07" not in said


def test_what_a_terminal_obeys_is_spelt_out_in_errors(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred\x9b0m-8b.gguf"
    path.write_bytes(b"GGUF")
    with pytest.raises(FileFormatError) as raised:
        inspect(str(path))
    assert str(raised.value).isprintable()
    assert "\\x1b[31mred\\x9b0m-8b.gguf" in str(raised.value)
