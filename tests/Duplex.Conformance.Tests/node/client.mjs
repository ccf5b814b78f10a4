// Talks to an echo server through a client that others wrote, and says what went wrong, if anything.
//   node client.mjs ws|websocket <address> <compressed: true|false>
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';

const [library, address, compressed] = process.argv.slice(2);
const sizes = [0, 1, 125, 126, 127, 65535, 65536, 1 << 20];
const messages = sizes.flatMap((size) => ['x'.repeat(size), randomBytes(size)]).concat(['κόσμε 😀']);
const digest = (data) => createHash('sha256').update(data).digest('hex');

function check(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

async function withWs() {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(address, { perMessageDeflate: compressed === 'true' });
  await once(socket, 'open');
  check(Boolean(socket.extensions) === (compressed === 'true'), `Extensions: '${socket.extensions}'`);
  for (const message of messages) {
    socket.send(message);
    const [data, isBinary] = await once(socket, 'message');
    check(isBinary === (typeof message !== 'string'), 'The type changed.');
    check(digest(data) === digest(message), `A message of ${message.length} came back different.`);
  }

  socket.ping('still there');
  const [pong] = await once(socket, 'pong');
  check(pong.toString() === 'still there', 'A wrong pong.');
  socket.close(4001, 'enough');
  const [code] = await once(socket, 'close');
  check(code === 4001, `Closed with ${code}.`);
}

async function withWebsocket() {
  const { default: websocket } = await import('websocket');
  const client = new websocket.client({ maxReceivedFrameSize: 1 << 24, maxReceivedMessageSize: 1 << 24 });
  client.connect(address);
  const connection = await new Promise((resolve, reject) => {
    client.on('connect', resolve);
    client.on('connectFailed', reject);
  });
  for (const message of messages) {
    if (typeof message === 'string') connection.sendUTF(message);
    else connection.sendBytes(message);
    const [echo] = await once(connection, 'message');
    check(echo.type === (typeof message === 'string' ? 'utf8' : 'binary'), 'The type changed.');
    check(digest(echo.utf8Data ?? echo.binaryData) === digest(message), `A message of ${message.length} came back different.`);
  }

  connection.close(4001, 'enough');
  const [code] = await once(connection, 'close');
  check(code === 4001, `Closed with ${code}.`);
}

await (library === 'ws' ? withWs() : withWebsocket());
console.log('ok');
