"""A virus scanner that speaks clamd's protocol at a Unix socket, well or badly: clamd.py SOCKET MANNER

honest: PONG, and finds the EICAR test; blind: finds nothing; small: takes 1 MB; mute: never answers."""
import os
import socket
import struct
import sys
import threading
import time

# In two pieces, so that no scanner reports this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def exactly(visitor: socket.socket, count: int) -> bytes:
    held = b""
    while len(held) < count:
        piece = visitor.recv(count - len(held))
        if not piece:
            raise EOFError
        held += piece
    return held


def reply(visitor: socket.socket, manner: str) -> bytes:
    command = b""
    while not command.endswith(b"\0"):
        command += exactly(visitor, 1)
    if command == b"zPING\0":
        return b"PONG\0"
    file = b""
    while length := struct.unpack(">I", exactly(visitor, 4))[0]:
        if manner == "small" and len(file) + length > 1024 * 1024:
            return b"INSTREAM size limit exceeded. ERROR\0"
        file += exactly(visitor, length)
    found = manner != "blind" and file.startswith(EICAR)
    return b"stream: Eicar-Test FOUND\0" if found else b"stream: OK\0"


def serve(visitor: socket.socket, manner: str) -> None:
    with visitor:
        try:
            if manner == "mute":
                time.sleep(60)
            visitor.sendall(reply(visitor, manner))
        except (EOFError, OSError):
            pass


def main(path: str, manner: str) -> None:
    listener = socket.socket(socket.AF_UNIX)
    # Under another name until everybody may ask: then it appears whole.
    listener.bind(path + ".new")
    os.chmod(path + ".new", 0o666)
    listener.listen()
    os.rename(path + ".new", path)
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0], manner), daemon=True).start()


main(*sys.argv[1:])
