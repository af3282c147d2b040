"""Work that isn't done with words: sounds, bodies, objects, genes and tables; and models of which nothing is known."""

import pytest

from nameplate import pick
from nameplate.picker.candidates import Candidate

NAMES = [
    "facebook/demucs", "DeepFilterNet3", "snakers4/silero-vad", "davidscripka/openwakeword", "Plachta/Seed-VC",
    "TMElyralab/MuseTalk", "facebook/audiogen-medium", "stabilityai/TripoSR", "usyd-community/vitpose-base-simple",
    "facebook/esm2_t33_650M_UR50D", "openvla/openvla-7b", "iiiorg/piiranha-v1-detect-personal-information",
    "cis-lmu/glotlid", "Prior-Labs/TabPFN-v2-clf", "microsoft/resnet-50", "whisper-large-v3", "FLUX.1-schnell",
    "Kokoro-82M", "bge-m3", "deepset/roberta-base-squad2",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("microsoft/resnet-50", "vision"), ("timm/tf_efficientnetv2_s.in21k", "vision"), ("htdemucs_ft", "audio"),
        ("MIT/ast-finetuned-audioset-10-10-0.4593", "audio"), ("tencent/Hunyuan3D-2", "3d"), ("yolo11n-pose", "pose"),
        ("yolo11n", "detection"), ("Rostlab/prot_bert", "biology"), ("lerobot/smolvla_base", "robotics"),
        ("jingang/TabICL", "tabular"), ("cvssp/audioldm2", "music-generation"), ("lid.176.bin", "classification"),
        ("stabilityai/stable-diffusion-2-inpainting", "image-editing"), ("piddnad/ddcolor", "image-editing"),
    ],
)  # fmt: skip
def test_the_kind_is_known(name: str, kind: str) -> None:
    assert Candidate(name).kind == kind


@pytest.mark.parametrize(
    ("task", "best"),
    [
        ("get the singer out of a song so that only the band is left", "facebook/demucs"),
        ("Rauschen aus alten Aufnahmen entfernen", "DeepFilterNet3"),
        ("savoir à quel moment quelqu'un parle", "snakers4/silero-vad"),
        ("listen for one wake word all day", "davidscripka/openwakeword"),
        ("convertir mi voz en otra en directo", "Plachta/Seed-VC"),
        ("作一个会说话的头像，嘴型跟录音对上", "TMElyralab/MuseTalk"),
        ("efeitos sonoros para um jogo", "facebook/audiogen-medium"),
        ("modello 3D da una foto", "stabilityai/TripoSR"),
        ("znaleźć punkty ciała na filmie", "usyd-community/vitpose-base-simple"),
        ("предсказать свойства белка по последовательности", "facebook/esm2_t33_650M_UR50D"),
        ("ロボットアームで物をつかむ", "openvla/openvla-7b"),
        ("anonymise letters: names and addresses out", "iiiorg/piiranha-v1-detect-personal-information"),
        ("in welcher Sprache ist der Text", "cis-lmu/glotlid"),
        ("mark the exact words in the manual that answer my question", "deepset/roberta-base-squad2"),
        ("predict a column of a table from the other columns", "Prior-Labs/TabPFN-v2-clf"),
        ("classify photos into ten classes", "microsoft/resnet-50"),
    ],
)  # fmt: skip
def test_each_does_its_own_work(task: str, best: str) -> None:
    assert pick(NAMES, task).best == best


@pytest.mark.parametrize("name", ["nateraw/food", "foo/zorblax", "MahmoodLab/UNI"])
def test_a_model_of_which_nothing_is_known_is_neither_preferred_nor_ruled_out(name: str) -> None:
    assert Candidate(name).kind is None
    assert pick([name, "Qwen3-8B"], "chatbot").best == "Qwen3-8B"
    asked = pick([name, "whisper-large-v3"], "chatbot")
    assert asked.verdict == "ask"
    assert asked.message.startswith(f"The other name doesn't work for chatbots and virtual agents. Nothing in {name} ")


@pytest.mark.parametrize(
    "task", ["不是写代码，是写信和通知", "コードではなく、手紙を書きたい", "nothing with code, I write letters"]
)
def test_what_is_ruled_out_is_no_subject(task: str) -> None:
    assert pick(["Qwen2.5-Coder-7B-Instruct", "Qwen2.5-7B-Instruct"], task).best == "Qwen2.5-7B-Instruct"
