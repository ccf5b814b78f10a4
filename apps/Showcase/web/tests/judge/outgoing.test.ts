import { describe, expect, it } from 'vitest';
import { Outgoing, readSent, type Sent } from '../../src/judge/model/outgoing';

const sent: Sent = { method: 'judge.submit', clientId: 'client-1', problem: 'a', language: 'javascript', code: 'x' };

function outgoingWith(answers: (string | Error)[], isConnected = true) {
  const log: string[] = [];
  const state = { isConnected };
  const outgoing = new Outgoing(
    {
      call: ({ clientId }) => {
        log.push(`call ${clientId}`);
        const answer = answers.shift() ?? new Error('none');
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
      isConnected: () => state.isConnected,
      keep: (kept) => log.push(kept ? 'keep' : 'forget'),
    },
    (run) => log.push(`accepted ${run}`),
    (reason) => log.push(`refused ${reason}`),
  );
  return { outgoing, log, state };
}

const failure = (code: number, message: string) => Object.assign(new Error(message), { code });

describe('Outgoing', () => {
  it('keeps a program until the server has accepted it', async () => {
    const { outgoing, log } = outgoingWith(['run-1']);
    await outgoing.send(sent);
    expect(log).toEqual(['keep', 'call client-1', 'forget', 'accepted run-1']);
    expect(outgoing.waiting).toBeUndefined();
  });

  it('waits for the connection', async () => {
    const { outgoing, log, state } = outgoingWith(['run-1'], false);
    await outgoing.send(sent);
    expect(log).toEqual(['keep']);
    state.isConnected = true;
    await outgoing.flush();
    expect(log.at(-1)).toBe('accepted run-1');
  });

  it('sends a program without an answer again, with the same id', async () => {
    const { outgoing, log } = outgoingWith([failure(1, 'timeout'), 'run-1']);
    await outgoing.send(sent);
    expect(outgoing.waiting).toBe(sent);
    await outgoing.flush();
    expect(log).toEqual(['keep', 'call client-1', 'call client-1', 'forget', 'accepted run-1']);
  });

  it('gives up what the server refuses', async () => {
    const { outgoing, log } = outgoingWith([failure(429, 'too many')]);
    await outgoing.send(sent);
    expect(log).toEqual(['keep', 'call client-1', 'forget', 'refused too many']);
  });

  it('calls once at a time', async () => {
    const { outgoing, log } = outgoingWith(['run-1']);
    await Promise.all([outgoing.send(sent), outgoing.flush(), outgoing.flush()]);
    expect(log.filter((entry) => entry.startsWith('call'))).toHaveLength(1);
  });

  it('drops a program on demand, and ignores its answer', async () => {
    const { outgoing, log } = outgoingWith(['run-1']);
    const sending = outgoing.send(sent);
    outgoing.drop();
    await sending;
    expect(log).toEqual(['keep', 'call client-1', 'forget']);
  });

  it('is read from the storage, and nothing else is', () => {
    expect(readSent(JSON.stringify(sent))).toEqual(sent);
    for (const text of [undefined, '', 'x', '{}', '{"clientId":"a"}']) expect(readSent(text)).toBeUndefined();
  });
});
