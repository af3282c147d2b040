class _Plain(str):
    def __getattr__(self, name):
        return self


def can_colorize(*, file=None):
    return False


def get_theme(**asked):
    return _Plain()
