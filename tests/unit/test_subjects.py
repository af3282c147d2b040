"""What a request is about decides between models that do the same work: emotions, single steps, charts, recordings."""

import pytest

from nameplate import pick

MATH = ["Qwen/Qwen2.5-Math-PRM-7B", "Qwen/Qwen2.5-Math-RM-72B"]
SCORERS = ["Unbabel/wmt22-cometkiwi-da", "Skywork/Skywork-Reward-V2-Llama-3.1-8B"]
FEELINGS = ["MilaNLProc/feel-it-italian-emotion", "MilaNLProc/feel-it-italian-sentiment"]
LANGUAGES = ["speechbrain/lang-id-voxlingua107-ecapa", "papluca/xlm-roberta-base-language-detection"]
PAGES = ["google/deplot", "facebook/nougat-base", "microsoft/trocr-base-printed"]


@pytest.mark.parametrize(
    ("task", "names", "best"),
    [
        ("grade every step of a worked answer", MATH, MATH[0]), ("reward model for whole maths answers", MATH, MATH[1]),
        ("which of these gives a score for how good each translation is?", SCORERS, SCORERS[0]),
        ("score answers for RLHF", SCORERS, SCORERS[1]),
        ("anger, fear, joy or sadness in Italian comments", FEELINGS, FEELINGS[0]),
        ("are these Italian reviews positive or negative", FEELINGS, FEELINGS[1]),
        ("what language is being spoken in the clip", LANGUAGES, LANGUAGES[0]),
        ("which language is this text in", LANGUAGES, LANGUAGES[1]),
        ("turn charts into tables", PAGES, PAGES[0]),
        ("turn scanned papers with formulas into markdown", PAGES, PAGES[1]),
        ("a dialogue of two voices, read aloud", ["nari-labs/Dia-1.6B", "hexgrad/Kokoro-82M"], "nari-labs/Dia-1.6B"),
        ("sort uploaded photos into decent and indecent",
         ["Falconsai/nsfw_image_detection", "michellejieli/NSFW_text_classifier"], "Falconsai/nsfw_image_detection"),
        ("search our code base by meaning",
         ["nomic-ai/nomic-embed-code", "nomic-ai/nomic-embed-text-v1.5"], "nomic-ai/nomic-embed-code"),
        ("make a picture of a fox", ["yandex/yandex-art", "Falconsai/nsfw_image_detection"], "yandex/yandex-art"),
    ],
)  # fmt: skip
def test_the_subject_decides(task: str, names: list[str], best: str) -> None:
    assert pick(names, task).best == best
