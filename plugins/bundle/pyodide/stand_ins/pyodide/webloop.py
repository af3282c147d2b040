from pyodide_js._api import scheduleCallback  # noqa: F401 # a snapshot is taken where Pyodide has given this to Python


def _initialize_event_loop():
    pass
