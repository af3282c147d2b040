NamedTemporaryFile = None
