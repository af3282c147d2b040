import sys

DEBUG = 10


class _Logger:
    def error(self, message, *values, **options):
        print(message % values if values else message, file=sys.stderr)

    warning = exception = critical = error

    def debug(self, message, *values, **options):
        pass

    info = debug


def getLogger(name):  # noqa: N802 # its name in the library
    return _Logger()
