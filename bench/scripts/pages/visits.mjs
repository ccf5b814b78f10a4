// What makes the pages move that show little by themselves: their path, what a visitor does there, and what others do.
import { createHash } from 'node:crypto';
import { Client } from '../abuse/client.mjs';

const click = (button) => `[...document.querySelectorAll('main button')].find((button) => button.textContent === '${button}')?.click()`;

// Keys that are held, so that a ship flies in circles and fires among the bots of its room.
const flying = `for (const key of ['ArrowUp', 'ArrowLeft', ' ']) document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))`;

const asking = `{
  const field = document.querySelector('main textarea');
  field.value = 'How does a page know what it missed?';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
}`;

export const visits = {
  lab: { act: `document.querySelector('.controls button[type=submit]')?.click()` },
  judge: { act: click('Submit') },
  game: { path: 'game/lyra', act: flying },
  pad: { path: 'pad/welcome', others: writeTogether },
  support: { act: asking },
};

// Five people write in the welcome document, 20 changes a second in all. Returns what ends them.
async function writeTogether(port) {
  const channel = 'pad:welcome';
  const writers = await Promise.all(Array.from({ length: 5 }, async (_, number) => {
    const key = `writer-${number}`.padEnd(32, '.');
    const client = new Client(port);
    await client.connect({ key, name: `Writer ${number + 1}` });
    const { subscribe } = await client.call('subscribe', { channel });
    return { client, page: `${createHash('sha256').update(key).digest('hex').slice(0, 12)}-${number}`, ...subscribe.data };
  }));
  let { version, text } = writers[0];
  let [changes, isWriting, isOver] = [0, true, false];

  // One after the other, so that each push has the newest version.
  const timer = setInterval(async () => {
    if (!isWriting) return;
    isWriting = false;
    const { client, page } = writers[changes % writers.length];
    const middle = Math.floor(text.length * (changes % writers.length + 1) / (writers.length + 1));
    const at = text.indexOf('\n', middle) < 0 ? text.length : text.indexOf('\n', middle);
    const letter = changes % 7 === 6 ? ' ' : 'x';
    const updates = [[at, [0, letter], text.length - at].filter((part) => part !== 0)];
    const reply = await client.rpc('pad.push', { doc: 'welcome', version, c: page, n: Math.floor(changes / writers.length), updates });
    // The writers end while the last push is under way.
    if (isOver) return;
    if (!reply?.rpc) throw new Error(`pad.push: ${reply?.error?.message ?? 'the connection was lost'}`);
    [version, text, changes, isWriting] = [version + 1, text.slice(0, at) + letter + text.slice(at), changes + 1, true];
  }, 50);
  return () => {
    isOver = true;
    clearInterval(timer);
    for (const { client } of writers) client.end();
  };
}
