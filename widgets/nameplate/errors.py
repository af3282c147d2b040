"""What can be wrong with an input. Each error has a stable `code` for programs and a message for people."""

from collections.abc import Iterable

LONGEST_SHOWN = 40  # characters of a value in a message


class NameplateError(ValueError):
    """An input that cannot be answered; `code` is stable, the message may be reworded."""

    code = "invalid_input"

    def __reduce__(self) -> tuple[object, ...]:
        # An error is made from what is wrong, and keeps the message: a worker process hands over both.
        return _restored, (type(self), self.args, self.__dict__)

    def to_dict(self, line: int) -> dict[str, object]:
        """The error as an object of a stream of answers; `line` counts from 1.

        >>> EmptyNameError().to_dict(3)["error"]["code"], EmptyNameError().to_dict(3)["error"]["line"]
        ('empty_name', 3)
        """
        return {"error": {"code": self.code, "message": str(self), "line": line}}


def _restored(kind: type[NameplateError], args: tuple[object, ...], attributes: dict[str, object]) -> NameplateError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class EmptyNameError(NameplateError):
    """Nothing but white space was given where a model name was expected."""

    code = "empty_name"

    def __init__(self) -> None:
        super().__init__("There's no name here. Give a model name such as llama3.1:8b-instruct-q4_K_M.")


class NameTooLongError(NameplateError):
    """The name has more characters than any real one."""

    code = "name_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"The name has {length} characters; model names have at most {limit}. Give one name at a time."
        )
        self.length = length
        self.limit = limit


class ControlCharacterError(NameplateError):
    """The name contains a line break or another control character."""

    code = "control_character"

    def __init__(self, position: int, character: str) -> None:
        what = "a line break" if character in "\r\n" else f"the control character U+{ord(character):04X}"
        super().__init__(f"Character {position + 1} is {what}. Give one name at a time, on one line.")
        self.position = position


class ArchitectureError(NameplateError):
    """What a request says about a model's architecture is wrong, or too little to work out its cache."""

    code = "bad_architecture"


class CacheTypeError(NameplateError):
    """A type of KV cache that isn't known."""

    code = "unknown_cache_type"

    def __init__(self, given: object, known: Iterable[str]) -> None:
        super().__init__(f"{shown(given)} is not a type of KV cache. Known: {', '.join(known)}.")


class RequestError(NameplateError):
    """A request that isn't a JSON object, or whose keys have values that they can't have."""

    code = "bad_request"


class FileFormatError(NameplateError):
    """A file of a model that isn't what it claims to be, is cut off, or can't be read safely."""

    code = "bad_file"

    def __init__(self, path: str, what: str, byte: int | None = None) -> None:
        place = "" if byte is None else f", byte {byte:,}"
        message = f"{path}{place}: {what}."  # a path, or a word from the file, may hold what a terminal obeys
        super().__init__("".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message))
        self.path = path
        self.byte = byte


class UnknownWordError(NameplateError):
    """The glossary has no entry for a word."""

    code = "unknown_word"

    def __init__(self, word: str, like: list[str]) -> None:
        hint = f" Similar entries: {', '.join(like)}." if like else ""
        super().__init__(f"The glossary has no entry for {shown(word)}.{hint}")


def shown(value: object) -> str:
    """Return a value as messages show it: short and on one line, however large or deep it is.

    >>> shown("f13"), shown(True), shown(-1), shown(10**400), shown([[]])
    ("'f13'", 'True', '-1', 'a number of more than 40 digits', 'a list')
    """
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "...")
    if isinstance(value, int) and abs(value) >= 10**LONGEST_SHOWN:
        return f"a number of more than {LONGEST_SHOWN} digits"
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    kind = "object" if isinstance(value, dict) else type(value).__name__
    return f"{'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"
