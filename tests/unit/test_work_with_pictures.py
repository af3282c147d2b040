"""Kinds of models that neither write nor draw: what they are taken for, and what is never recommended in their place."""

import pytest

from nameplate import pick
from nameplate.picker.candidates import Candidate

NONE = None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ZhengPeng7/BiRefNet", "segmentation"), ("briaai/RMBG-2.0", "segmentation"), ("facebook/sam2-hiera-large", "segmentation"),
        ("depth-anything/Depth-Anything-V2-Large-hf", "depth"), ("Intel/dpt-large", "depth"),
        ("IDEA-Research/grounding-dino-base", "detection"), ("yolo11n", "detection"), ("buffalo_l", "face"),
        ("stabilityai/stable-diffusion-x4-upscaler", "upscaling"), ("ViT-B-32__openai", "embedding"),
        ("XLM-Roberta-Large-Vit-B-16Plus", "embedding"), ("nllb-clip-base-siglip__v1", "embedding"), ("RN50__openai", "embedding"),
        ("FLUX.1-Depth-dev", "image-generation"), ("facebook/nllb-200-distilled-600M", "translation"),
        ("en_GB-alan-medium.onnx", "tts"), ("sv_SE-nst-medium", "tts"), ("KB/bert-base-swedish-cased", "fill-mask"),
        ("deepset/gbert-large", "fill-mask"), ("Wan-AI/Wan2.1-T2V-1.3B", "video-generation"), ("Qwen2.5-VL-7B-Instruct", "text"),
    ],
)  # fmt: skip
def test_the_kind_is_known(name: str, kind: str) -> None:
    assert Candidate(name).kind == kind


@pytest.mark.parametrize(
    ("names", "task", "best"),
    [
        (["stable-diffusion-xl-base-1.0", "u2net"], "remove the background from product shots", "u2net"),
        (["stable-diffusion-xl-base-1.0", "FLUX.1-dev"], "remove the background from product shots", NONE),
        (["facebook/sam-vit-base", "FLUX.1-dev"], "depth maps from ordinary photos", NONE),
        (["facebook/sam-vit-base", "Intel/dpt-large"], "Tiefenkarten aus normalen Fotos", "Intel/dpt-large"),
        (
            ["ViT-B-32__openai", "XLM-Roberta-Large-Vit-L-14"],
            "search our photos in Czech",
            "XLM-Roberta-Large-Vit-L-14",
        ),
        (["buffalo_s", "ViT-B-32__openai"], "group photos by person", "buffalo_s"),
        (["openai/whisper-small", "sv_SE-nst-medium.onnx"], "read Swedish articles aloud", "sv_SE-nst-medium.onnx"),
        (["Qwen2.5-7B-Instruct", "whisper-large-v3"], "a voice for the announcements in our bus", NONE),
    ],
)
def test_no_other_kind_takes_their_place(names: list[str], task: str, best: str | None) -> None:
    choice = pick(names, task)
    assert (choice.verdict, choice.best) == (("ok", best) if best else ("none_fits", None))


@pytest.mark.parametrize(
    ("task", "best"),
    [
        ("translate manuals from English into German", "en-de"), ("German letters into English", "de-en"),
        ("Briefe aus dem Deutschen ins Englische übersetzen", "de-en"), ("traduire de l'anglais vers l'allemand", "en-de"),
        ("traducir del alemán al inglés", "de-en"), ("traduzir do inglês para o alemão", "en-de"),
        ("tradurre dal tedesco all'inglese", "de-en"), ("tłumaczyć z angielskiego na niemiecki", "en-de"),
        ("переводить с немецкого на английский", "de-en"), ("把英语翻成德语", "en-de"), ("ドイツ語の手紙を英語に翻訳", "de-en"),
    ],
)  # fmt: skip
def test_translation_has_a_direction(task: str, best: str) -> None:
    names = [f"Helsinki-NLP/opus-mt-{pair}" for pair in ("de-en", "en-de", "en-fr")]
    assert pick(names, task).best == f"Helsinki-NLP/opus-mt-{best}"


@pytest.mark.parametrize("word", ["Bilder", "images", "视频", "vídeo", "голос"])
def test_a_word_alone_leaves_open_what_is_meant(word: str) -> None:
    names = ["whisper-large-v3", "Kokoro-82M", "Qwen2.5-VL-7B-Instruct", "FLUX.1-schnell", "Wan2.1-T2V-1.3B"]
    assert pick(names, word).verdict == "ask"


def test_one_model_for_everything_is_not_one_that_does_a_part() -> None:
    names = ["microsoft/trocr-base-printed", "Qwen2.5-VL-3B-Instruct"]
    assert pick(names, "read receipts").best == names[0]
    assert pick(names, "read receipts and comment on them, one model for both").best == names[1]
