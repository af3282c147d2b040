"""Say in one line if a port of this machine can't be listened on. Needs the standard library only."""

from __future__ import annotations

import socket
import sys

HOST = "127.0.0.1"


def main(port: str) -> int:
    """Try to listen, and return the exit code."""
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        print(f"PORT={port} is not the number of a port: choose one from 1 to 65535.", file=sys.stderr)
        return 1
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, int(port)))
        except OSError as error:
            print(f"Port {port} can't be used: {error.strerror}. Choose another: make serve PORT=8001", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
