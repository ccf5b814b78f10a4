// node socketio.js PORT: every client joins one room; "publish" is emitted to the room.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => {
  socket.join('fan');
  socket.on('publish', (payload) => io.to('fan').emit('m', payload));
});
http.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
