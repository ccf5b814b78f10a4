"""Talks to an echo server through python-websockets and says what went wrong, if anything.

python3 client.py <address> <compressed: true|false>
"""

import asyncio
import os
import sys

import websockets

SIZES = [0, 1, 125, 126, 127, 65535, 65536, 1 << 20]


async def main(address, compressed):
    options = {"compression": "deflate" if compressed else None, "max_size": 1 << 24}
    async with websockets.connect(address, **options) as socket:
        assert bool(socket.extensions) == compressed, f"Extensions: {socket.extensions}"
        for size in SIZES:
            for message in ("x" * size, os.urandom(size), "κόσμε 😀"):
                await socket.send(message)
                assert await socket.recv() == message, f"A message of {size} came back different."
        await asyncio.wait_for(await socket.ping(b"still there"), 20)
        await socket.close(4001, "enough")
        code = getattr(socket, "close_code", None)
        assert code == 4001, f"Closed with {code}."
    print("ok")


asyncio.run(main(sys.argv[1], sys.argv[2] == "true"))
