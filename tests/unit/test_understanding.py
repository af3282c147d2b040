"""What requests in people's words are taken for: by tasks, languages, denials, and where they say nothing."""

from __future__ import annotations

import pytest

from nameplate import pick
from nameplate.picker.tasks import Offered, tasks
from nameplate.picker.understanding.clauses import Divider, clauses
from nameplate.picker.understanding.features import tokens
from nameplate.picker.understanding.language import language_of
from nameplate.picker.understanding.learnt import reader
from nameplate.picker.understanding.request_reader import THRESHOLD

GREETING = "Hi all, first post here, hope you're all well! My name is Anna and I live in Leeds with two cats."


def task_of(text: str) -> str | None:
    found = tasks().understand(text).task
    return found.task if found is not None else None


@pytest.mark.parametrize(
    ("sentence", "task"),
    [
        ("translate our manuals into Polish", "translation"),
        ("write down what is said in the recordings", "speech-recognition"),
        ("Texte aus dem Englischen ins Deutsche übersetzen", "translation"),
        ("un chatbot pour le site de notre mairie", "chatbot"),
        ("resumir actas largas en pocas frases", "summarization"),
        ("transcrever as aulas gravadas", "speech-recognition"),
        ("riassumere relazioni lunghe", "summarization"),
        ("przetłumaczyć umowy na niemiecki", "translation"),
        ("переводить письма с английского", "translation"),
        ("把会议录音转成文字", "speech-recognition"),
        ("長い文書を要約する", "summarization"),
    ],
)
def test_a_task_is_understood_in_ten_languages(sentence: str, task: str) -> None:
    assert task_of(sentence) == task


@pytest.mark.parametrize(
    ("sentence", "task"),
    [
        ("transalte leters", "translation"),
        ("sumarise long reprots", "summarization"),
        ("speach to txt", "speech-recognition"),
        ("rewrd model for RHLF", "reward"),
    ],
)
def test_typing_mistakes_change_nothing(sentence: str, task: str) -> None:
    assert task_of(sentence) == task


@pytest.mark.parametrize(("known", "unknown"), [("переводить", "переводитьcя"), ("summarise", "sumarise")])
def test_an_unknown_word_counts_like_its_relatives(known: str, unknown: str) -> None:
    model = reader()._tasks
    assert known in model._places
    assert unknown not in model._places
    alone, related = model.shares(["the", known]), model.shares(["the", unknown])
    assert max(related, key=lambda task: related[task]) == max(alone, key=lambda task: alone[task])
    assert model._unknown(unknown) != model._word(unknown)


def test_greetings_and_stories_change_nothing() -> None:
    wish = "I need something that translates letters from Polish into English."
    alone, told = tasks().understand(wish), tasks().understand(f"{GREETING} {wish} Thanks a lot, Anna")
    assert alone.task is told.task
    assert told.task is not None
    assert told.task.task == "translation"


def test_what_is_denied_is_named_and_excluded() -> None:
    found = tasks().understand("summarise the minutes, but don't translate them")
    assert [task.task for task in found.denied] == ["translation"]
    assert found.task is not None
    assert found.task.task == "summarization"
    assert pick(["Qwen3-8B"], "summarise the minutes, but don't translate them").to_dict()["understood"]["not"] == [
        "translation"
    ]


def test_two_tasks_take_two_models_if_no_name_does_both() -> None:
    sentence = "transcribe our meetings and then draw a poster about them"
    choice = pick(["whisper-large-v3", "FLUX.1-schnell"], sentence)
    assert choice.message.startswith("This takes two models.")
    assert "FLUX.1-schnell" in choice.message
    assert choice.best == "whisper-large-v3"
    assert {task.id for task in choice.understood.tasks} == {"speech-recognition", "image-generation"}
    assert [(one.task, one.best) for one in choice.each] == [
        ("speech-recognition", "whisper-large-v3"), ("image-generation", "FLUX.1-schnell"),
    ]  # fmt: skip
    assert pick(["Qwen3-8B"], "translate the letters and then summarise them").each == ()


def test_a_name_that_does_both_tasks_wins() -> None:
    names = ["Voxtral-Mini-3B-2507", "whisper-large-v3", "Ministral-8B-Instruct-2410"]
    assert pick(names, "transcribe the interviews and then summarise them").best == "Voxtral-Mini-3B-2507"


@pytest.mark.parametrize(
    "text", ["", "hello there", "asdfgh qwertz", "xylo brumfel quarn dost velp", "你好", "bonjour à tous"]
)
def test_what_names_no_task_is_not_understood(text: str) -> None:
    assert tasks().understand(text).task is None
    choice = pick(["Qwen3-8B", "Qwen3-8B-Base"], text)
    assert (choice.verdict, choice.best, choice.understood.task) == ("ask", None, None)


@pytest.mark.parametrize(
    "text", ["", "hello there", "make it better", "xylo brumfel quarn", "een chatbot voor onze klanten"]
)
@pytest.mark.parametrize("names", [["Qwen3-8B", "Qwen3-8B-Base"], ["whisper-large-v3", "parakeet-tdt-0.6b-v3"], []])
def test_who_asks_offers_two_or_three_tasks_that_the_names_can_do(text: str, names: list[str]) -> None:
    choice = pick(names, text)
    if choice.understood.task is None:
        assert choice.verdict == "ask"
        assert 2 <= len(choice.understood.tasks) <= 3
        assert pick(names, choice.understood.tasks[0].id).verdict != "none_fits"


def test_what_a_request_hints_at_is_offered() -> None:
    choice = pick(["Qwen3-8B"], "een chatbot die vragen van onze klanten over bestellingen beantwoordt")
    assert not {"chatbot", "customer-support"}.isdisjoint(task.id for task in choice.understood.tasks)


def test_a_general_assistant_is_assumed_only_with_a_word() -> None:
    choice = pick(["Qwen3-8B", "Qwen3-8B-Base"], "on my 24 GB card")
    assert choice.understood.task == "assistant"
    assert any("assumed" in words for words in choice.understood.words)


def test_where_it_is_not_clear_the_likeliest_tasks_are_shown() -> None:
    choice = pick(["Qwen3-Embedding-4B", "Qwen3-Reranker-4B", "Qwen3-4B-Instruct-2507"], "a RAG system")
    assert choice.verdict == "ask"
    assert 2 <= len(choice.understood.tasks) <= 3
    assert choice.understood.confidence < THRESHOLD
    assert all(task.title in choice.message for task in choice.understood.tasks)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("translate letters into German", "en"), ("Briefe ins Englische übersetzen", "de"), ("traduire des lettres", "fr"),
        ("переводить письма", "ru"), ("翻译信件", "zh"), ("手紙を翻訳する", "ja"), ("μετάφραση επιστολών", "el"),
        ("편지를 번역해 주세요", "ko"),
    ],
)  # fmt: skip
def test_the_language_is_named(text: str, code: str) -> None:
    assert tasks().understand(text).language == code


def test_a_language_that_is_not_read_is_said() -> None:
    choice = pick(["Qwen3-8B"], "een chatbot die vragen van onze klanten over bestellingen beantwoordt")
    assert (choice.verdict, choice.understood.language) == ("ask", "nl")
    assert "Dutch" in choice.message


def test_a_short_text_is_english_where_nothing_decides() -> None:
    model = reader()._languages
    assert language_of("ocr", model, ("en", "de")) == "en"
    assert language_of("", model, ("en", "de")) is None


def test_the_names_make_a_task_likelier_but_do_not_make_it_up() -> None:
    heard = Offered(frozenset({"asr"}), frozenset({"audio"}))
    assert tasks().understand("xylo brumfel quarn dost velp", offered=heard).task is None
    sentence = "subtitles for lectures"
    alone = tasks().understand(sentence)
    with_names = tasks().understand(sentence, offered=heard)
    assert with_names.task is not None
    assert with_names.task.does == "asr"
    assert with_names.confidence >= alone.confidence or alone.task is with_names.task


def test_a_clause_knows_what_it_denies() -> None:
    (first, second) = clauses("a bot for guests, without stories", Divider(denials=("without",)))
    assert (first.denies, second.denies) == ((), ("without", "stories"))
    assert second.asks == ()


def test_a_long_request_is_read_to_its_end() -> None:
    long = f"{GREETING} " * 12 + "What we need is a model that reads invoices aloud."
    assert len(tokens(long)) > 200
    assert task_of(long) == "speech-synthesis"


@pytest.mark.parametrize("text", ["no " * 600, "a" * 1900, "，" * 900, "and " * 450, "?!" * 900])
def test_a_text_without_meaning_ends(text: str) -> None:
    tasks().understand(text)


@pytest.mark.parametrize("text", ["přeložit smlouvy do němčiny", "shrnutí článků", "Hledám model na shrnutí textů"])
def test_letters_of_its_own_say_the_language(text: str) -> None:
    choice = pick(["Llama-3.1-8B-Instruct"], text)
    assert choice.verdict == "ask"
    assert "Czech" in choice.message


def test_a_name_with_a_foreign_letter_says_no_language() -> None:
    assert reader().language("traduire un texte sur Dvořák pour le programme") == "fr"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("チャットではなく、要約がほしい", "chatbot"), ("transcription isn't needed, read the text aloud", "speech-recognition"),
        ("Übersetzung brauche ich nicht, nur eine Zusammenfassung", "translation"),
    ],
)  # fmt: skip
def test_a_denial_may_come_behind_what_it_denies(text: str, denied: str) -> None:
    found = tasks().understand(text)
    assert found.task is not None
    assert found.task.task != denied


def test_what_is_missing_counts_before_what_is_there() -> None:
    for text in (
        "we run a RAG, the LLM exists, the embedding model is missing",
        "RAG über Verträge, es fehlt das Embedding-Modell",
    ):
        found = tasks().understand(text)
        assert (found.task and found.task.task, found.several) == ("semantic-search", ())


def test_a_sign_inside_a_chinese_word_denies_nothing() -> None:
    (clause,) = clauses("发票识别", reader()._dividers["zh"])
    assert (clause.asks, clause.denies) == (("发票识别",), ())
