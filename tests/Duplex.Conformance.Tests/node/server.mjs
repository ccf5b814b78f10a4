// An echo server that others wrote. Prints its port, and a line with the close code of each connection.
//   node server.mjs ws|websocket <compressed: true|false>
import { createServer } from 'node:http';

const [library, compressed] = process.argv.slice(2);
const server = createServer((_, response) => response.writeHead(404).end());

if (library === 'ws') {
  const { WebSocketServer } = await import('ws');
  const sockets = new WebSocketServer({ server, perMessageDeflate: compressed === 'true' ? { threshold: 0 } : false });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('close', (code, reason) => console.log(`closed ${code} ${reason}`));
  });
} else {
  const { default: websocket } = await import('websocket');
  const sockets = new websocket.server({ httpServer: server, maxReceivedFrameSize: 1 << 24, maxReceivedMessageSize: 1 << 24 });
  sockets.on('request', (request) => {
    const socket = request.accept(null, request.origin);
    socket.on('message', (message) => (message.type === 'utf8' ? socket.sendUTF(message.utf8Data) : socket.sendBytes(message.binaryData)));
    socket.on('close', (code, reason) => console.log(`closed ${code} ${reason}`));
  });
}

server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
// The test ends it by closing its input.
process.stdin.on('end', () => process.exit()).resume();
