def get_event_loop():
    raise RuntimeError("there is no event loop")
