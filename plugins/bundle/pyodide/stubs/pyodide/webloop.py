from pyodide_js._api import scheduleCallback  # noqa: F401 # Pyodide passes this to Python before a snapshot is taken


def _initialize_event_loop():
    pass
