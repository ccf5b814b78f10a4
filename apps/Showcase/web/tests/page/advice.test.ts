import { describe, expect, it } from 'vitest';
import { direct, profiles } from '../../src/line/profiles';
import { adviceFor } from '../../src/page/advice';

const lost = { state: 'reconnecting', refusal: '', line: { profile: direct } } as Parameters<typeof adviceFor>[0];
const cut = profiles.find(({ id }) => id === 'cut');

describe('The advice for a page that lost its server', () => {
  it.each([
    [lost, 'The server does not respond. If it has stopped, start it with ./run: this page reconnects by itself.'],
    [{ ...lost, state: 'offline' }, 'There is no network. This page reconnects by itself.'],
    [{ ...lost, state: 'closed' }, 'This page is disconnected. Press “disconnected” above to reconnect.'],
    [{ ...lost, refusal: 'Too many visitors.' }, 'Too many visitors. This page reconnects by itself.'],
    [{ ...lost, line: { profile: cut } }, 'The line of this page is cut. Choose “as it is” under “wire” to reconnect.'],
  ])('names the cause and the next step', (connection, sentence) =>
    expect(adviceFor(connection as typeof lost)).toBe(sentence));
});
