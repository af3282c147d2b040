PIPE = -1
