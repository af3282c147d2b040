class Parameter:
    pass


class Signature:
    pass


def iscoroutinefunction(value):
    return False


def signature(*asked, **options):
    raise ValueError("signatures are left out")  # a class then goes without the documentation that is made from it


def unwrap(function):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function
