ZipFile = None
