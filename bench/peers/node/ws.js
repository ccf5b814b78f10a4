// node ws.js PORT: /echo returns each message, /fan sends each to all clients on /fan.
import { WebSocketServer } from 'ws';

const port = Number(process.argv[2]);
const fan = new Set();
const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false, maxPayload: 16 << 20 });
server.on('connection', (socket, request) => {
  if (request.url.startsWith('/fan')) {
    fan.add(socket);
    socket.on('close', () => fan.delete(socket));
    socket.on('message', (data, isBinary) => {
      for (const peer of fan) peer.send(data, { binary: isBinary });
    });
  } else {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  }
});
server.on('listening', () => console.log('ready'));
