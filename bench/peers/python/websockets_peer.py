"""websockets_peer.py PORT: /echo returns each message, /fan sends each to all clients on /fan."""

import asyncio
import sys

import websockets

fan = set()


async def serve(socket, path=None):
    path = path or socket.path
    if path.startswith("/fan"):
        fan.add(socket)
        try:
            async for message in socket:
                websockets.broadcast(fan, message)
        finally:
            fan.discard(socket)
    else:
        async for message in socket:
            await socket.send(message)


async def main():
    async with websockets.serve(serve, "127.0.0.1", int(sys.argv[1]), compression=None, max_size=16 << 20):
        print("ready", flush=True)
        await asyncio.Future()


asyncio.run(main())
