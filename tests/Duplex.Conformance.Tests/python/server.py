"""An echo server on python-websockets. Prints its port, and a line with the close code of each connection.

python3 server.py <compressed: true|false>
"""

import asyncio
import sys

import websockets


async def echo(socket, path=None):
    try:
        async for message in socket:
            await socket.send(message)
    except websockets.ConnectionClosed:
        pass
    finally:
        print(f"closed {socket.close_code} {socket.close_reason}", flush=True)


async def main(compressed):
    options = {"compression": "deflate" if compressed else None, "max_size": 1 << 24}
    async with websockets.serve(echo, "127.0.0.1", 0, **options) as server:
        print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
        # The test ends it by closing its input.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(sys.argv[1] == "true"))
