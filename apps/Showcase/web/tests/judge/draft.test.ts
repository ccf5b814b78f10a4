import { describe, expect, it } from 'vitest';
import { Draft, readVersion, stored, type Version } from '../../src/judge/model/draft';

const version = (text: string, time: number): Version => ({ text, language: 'javascript', time });

describe('Draft', () => {
  it('takes the newer version of another window and offers what was written here', () => {
    const draft = new Draft('a', version('starter', 0));
    draft.write('mine', 'javascript', 10);
    expect(draft.receive(version('theirs', 11))).toBe(true);
    expect([draft.current.text, draft.older?.text]).toEqual(['theirs', 'mine']);
  });

  it('keeps its own version when it is newer', () => {
    const draft = new Draft('a', version('starter', 0));
    draft.write('mine', 'javascript', 10);
    expect(draft.receive(version('theirs', 9))).toBe(false);
    expect([draft.current.text, draft.older]).toEqual(['mine', undefined]);
  });

  it('offers nothing when this window has written nothing, and nothing that is the same', () => {
    const draft = new Draft('a', version('starter', 0));
    expect(draft.receive(version('theirs', 1))).toBe(true);
    expect(draft.receive(version('theirs', 2))).toBe(false);
    expect(draft.older).toBeUndefined();
  });

  it('keeps the version of this window while the other one goes on', () => {
    const draft = new Draft('a', version('starter', 0));
    draft.write('mine', 'typescript', 10);
    for (const time of [11, 12, 13]) draft.receive(version(`theirs ${time}`, time));
    expect(draft.older).toMatchObject({ text: 'mine', language: 'typescript' });
    expect(draft.exchange(14)).toMatchObject({ text: 'mine', language: 'typescript', time: 14 });
    expect(draft.older?.text).toBe('theirs 13');
    draft.dismiss();
    expect(draft.older).toBeUndefined();
  });

  it('is newer than what it replaces when the clock was set back', () => {
    const draft = new Draft('a', version('starter', 100));
    expect(draft.write('mine', 'javascript', 50).time).toBe(101);
  });

  it('is read from the storage, and nothing else is', () => {
    expect(readVersion(stored(version('x', 3)))).toEqual(version('x', 3));
    for (const text of [undefined, null, '', 'x', '{}', '{"text":1,"time":2}', 'null']) expect(readVersion(text)).toBeUndefined();
  });
});
