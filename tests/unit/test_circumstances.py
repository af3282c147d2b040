"""What requests say beside the task: speed, cost, licence, place and more, in the languages that the picker reads."""

from __future__ import annotations

import pytest

from nameplate import pick
from nameplate.picker.figures import COUNTS, find_figure, plain_text
from nameplate.picker.phrases import Phrase, Phrases, Word, words_of
from nameplate.picker.requirements import read_requirements
from nameplate.picker.size_limits import size_limits
from nameplate.picker.tasks import ROWS_ELSEWHERE, tasks

SPEED = ["Qwen3-30B-A3B-Q4_K_M", "Qwen3-32B-Q4_K_M"]
LICENCE = ["FLUX.1-dev", "FLUX.1-schnell"]
UNCENSORED = ["Qwen3-8B", "Qwen3-8B-abliterated"]


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("möglichst schnelle Antworten", "quick"), ("une réponse rapide", "quick"), ("respuestas rápidas", "quick"),
        ("respostas rápidas", "quick"), ("risposte veloci", "quick"), ("żeby działał szybko", "quick"), ("отвечать быстро", "quick"),
        ("回答速度快", "quick"), ("高速な応答", "quick"), ("so günstig wie möglich", "cheap"), ("le moins cher possible", "cheap"),
        ("самый дешевый", "cheap"), ("für gewerbliche Nutzung", "product"), ("pour un usage commercial", "product"),
        ("para uso comercial", "product"), ("zastosowanie komercyjne", "product"), ("коммерческое использование", "product"),
        ("商用可能なモデル", "product"), ("unzensiertes Modell", "uncensored"), ("sans censure", "uncensored"), ("sem censura", "uncensored"),
        ("модель без цензуры", "uncensored"), ("无审查", "uncensored"), ("ohne Internet", "local"), ("senza internet", "local"),
        ("断网环境", "local"), ("на телефоне", "small-device"), ("manuel d’un livre entier", "long-text"), ("no thinking traces", "no-thinking"),
    ],
)  # fmt: skip
def test_a_circumstance_is_understood_in_ten_languages(sentence: str, cue: str) -> None:
    assert tasks().understand(sentence).mentions(cue)


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("nicht kommerziell, nur privat", "product"), ("pas pour le vendre", "product"), ("не для коммерческого использования", "product"),
        ("非商用", "product"), ("it is not commercial use", "product"), ("не локально", "local"),
    ],
)  # fmt: skip
def test_a_circumstance_that_is_denied_is_none(sentence: str, cue: str) -> None:
    assert not tasks().understand(sentence).mentions(cue)


def test_what_says_nothing_about_the_task_does_not_change_it() -> None:
    for plain, with_wish in (
        ("eine Suche nach Bedeutung", "eine Suche nach Bedeutung ohne Internet"),
        ("модель для общения", "модель без цензуры для общения"),
        ("traduire des lettres", "traduire des lettres sans censure"),
    ):
        alone, beside = tasks().understand(plain), tasks().understand(with_wish)
        assert alone.task is beside.task
        assert not beside.denied


def test_a_licence_in_any_language_rules_names_out() -> None:
    for sentence in (
        "Bilder für ein kommerzielles Spiel",
        "images, usage commercial",
        "картинки для коммерческого проекта",
        "商用插画",
    ):
        assert pick(LICENCE, sentence).best == "FLUX.1-schnell"


def test_speed_in_any_language_prefers_few_active_parameters() -> None:
    for sentence in (
        "schnelle Antworten auf Mails",
        "répondre vite aux mails",
        "быстро отвечать на письма",
        "快速回复邮件",
    ):
        assert pick(SPEED, sentence, {"ram_gb": 60}).best == SPEED[0]


def test_no_refusals_in_any_language() -> None:
    for sentence in ("unzensiert plaudern", "discuter sans censure", "chat senza censura", "无审查聊天"):
        assert pick(UNCENSORED, sentence).best == UNCENSORED[1]


def test_what_runs_at_its_maker_alone_is_not_for_ones_own_machine() -> None:
    names = ["gpt-4o", "Qwen3-14B"]
    assert pick(names, "summarise secret minutes without internet").best == "Qwen3-14B"
    choice = pick(names[:1], "summarise secret minutes without internet")
    assert choice.verdict == "none_fits"
    assert choice.ranking[0].against[0].rule == "hosted-only"


def test_who_wants_no_thinking_gets_none() -> None:
    names = ["DeepSeek-R1-Distill-Qwen-14B", "Qwen2.5-14B-Instruct"]
    assert pick(names, "answer riddles, no thinking traces please").best == "Qwen2.5-14B-Instruct"


@pytest.mark.parametrize("text", ["rag", "RAG model", "a local RAG setup", "a RAG system, please", "检索增强"])
def test_a_word_that_leaves_the_task_open_is_asked_about(text: str) -> None:
    names = ["Qwen3-Embedding-4B", "Qwen3-Reranker-4B", "Qwen3-4B-Instruct-2507"]
    choice = pick(names, text)
    assert choice.verdict == "ask"
    assert {task.id for task in choice.understood.tasks} <= {"semantic-search", "reranking", "retrieval-answer"}


def test_an_open_word_is_no_question_where_the_names_can_do_one_of_its_tasks() -> None:
    assert pick(["Qwen3-Embedding-4B"], "rag").best == "Qwen3-Embedding-4B"
    assert pick(["Qwen3-8B", "Qwen3-8B-Base"], "rag").best == "Qwen3-8B"


def test_a_topic_comes_behind_what_is_to_be_done() -> None:
    found = tasks().understand("find similar clauses across leases")
    assert found.task is not None
    assert found.task.task == "semantic-search"


def test_what_is_plainly_denied_counts_beside_any_words() -> None:
    found = tasks().understand("no OCR please, the rest can be anything at all")
    assert [task.task for task in found.denied] == ["ocr"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("mit 50.000 Beispielen", 50_000), ("sur 40 000 exemples", 40_000), ("con 20 mil ejemplos", 20_000), ("na 10 tys. przykładów", 10_000),
        ("на 5 тыс. примеров", 5_000), ("五万条数据", 50_000), ("2万件のサンプル", 20_000), ("150 примерах", 150), ("三百条样本", 300),
    ],
)  # fmt: skip
def test_examples_are_counted_in_other_languages(text: str, rows: int) -> None:
    found = find_figure(plain_text(text), ROWS_ELSEWHERE, not_after=".-")
    assert found is not None
    assert found.amount(COUNTS) == rows


def test_a_computer_with_little_memory_still_runs_a_small_model() -> None:
    assert read_requirements("chat on a laptop with 8 GB of RAM, no graphics card", {}).ram_gb == 6.0


def test_a_phrase_needs_all_its_words_and_may_end_anyhow() -> None:
    phrase = Phrase("product", "de", tuple(Word(*word) for word in words_of("gewerblich* Zwecke")))
    known = Phrases([phrase], {"de": ("nicht",)}, {})
    assert [one.cue for one in known.mentions("für gewerbliche Zwecke")] == ["product"]
    assert not list(known.mentions("für gewerbliche Räume"))
    assert not list(known.mentions("nicht für gewerbliche Zwecke"))
    assert [one.cue for one in known.mentions("Nicht privat, für gewerbliche Zwecke")] == ["product"]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("I can run a max 13B model", None, 13), ("any model under ~30b parameters", None, 30), ("=< 30B?", None, 30),
        ("no more than 14B", None, 14), ("не больше 14B", None, 14), ("14B以下", None, 14), ("ab 7B oder größer", 7, None),
        ("размер от 10B до 32B", 10, 32), ("draft model for Llama-3.3-70B-Instruct", None, None), ("up to 16 GB", None, None),
    ],
)  # fmt: skip
def test_a_limit_on_parameters_is_read(text: str, least: float | None, most: float | None) -> None:
    assert size_limits(text) == (least, most)


def test_a_model_over_the_limit_is_ruled_out() -> None:
    names = ["L3-8B-Stheno-v3.2", "magnum-v4-72b"]
    assert pick(names, "roleplay, I can run at most 13B").best == names[0]
    assert pick(names, "roleplay").best == names[1]


def test_a_hosted_model_is_chosen_where_one_is_asked_for() -> None:
    names = ["gpt-4.1", "Llama-3.1-8B-Instruct-Q4_K_M.gguf"]
    assert pick(names, "write letters, only through an API").best == names[0]
    assert pick(names, "write letters, offline").best == names[1]


def test_what_always_thinks_is_ruled_out_where_thinking_is_unwanted() -> None:
    names = ["QwQ-32B", "aya-expanse-8b"]
    assert pick(names, "translate books, nothing that thinks please").best == names[1]


def test_several_languages_rule_out_what_knows_one() -> None:
    names = ["bge-large-en-v1.5", "multilingual-e5-base"]
    assert pick(names, "embeddings for search in several languages").best == names[1]


def test_the_language_of_the_request_counts_where_none_is_named() -> None:
    names = ["Kokoro-82M", "XTTS-v2"]
    assert pick(names, "озвучить книгу").best == names[1]


def test_whisper_translates_into_english_alone() -> None:
    names = ["whisper-large-v3", "seamless-m4t-v2-large"]
    assert pick(names, "translate the speech of our videos into French").best == names[1]
    assert pick(names[:1], "translate the speech of our videos into English").best == names[0]


def test_a_runtime_in_words_asks_for_a_conversion() -> None:
    choice = pick(["pygmalion-2-7b", "Llama-2-7b-hf"], "roleplay in KoboldCpp")
    assert choice.best == "pygmalion-2-7b"
    assert "runtime-converts" in {reason.rule for reason in choice.ranking[0].against}


def test_a_smaller_file_is_suggested_where_nothing_fits() -> None:
    choice = pick(["Qwen3-14B-Q8_0.gguf"], "chat", {"gpu_gb": 12})
    assert choice.verdict == "none_fits"
    assert "As a GGUF file in Q4_K_M, Qwen3-14B-Q8_0.gguf would fit" in choice.message
