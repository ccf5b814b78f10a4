import { ChangeSet, EditorState, type Transaction } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { Cursors } from '../../src/pad/model/cursors';
import { difference } from '../../src/editor/difference';
import { hashOf } from '../../src/pad/model/hash';
import { DocumentHistory } from '../../src/pad/model/history';
import type { Push } from '../../src/pad/model/messages';
import { savedState } from '../../src/pad/model/savedState';
import { Session, sessionExtension, textOf, type KeptSession } from '../../src/pad/model/session';

class HeadlessEditor {
  state: EditorState;

  constructor(page: string, version: number, text: string) {
    this.state = EditorState.create({ doc: textOf(text), extensions: sessionExtension(page, version) });
  }

  dispatch(transactions: readonly Transaction[]): void {
    for (const { state } of transactions) this.state = state;
  }

  type(at: number, insert: string): void {
    this.dispatch([this.state.update({ changes: { from: at, insert } })]);
  }

  get text(): string {
    return this.state.doc.toString();
  }
}

function open(page: string, version = 0, text = ''): [HeadlessEditor, Session] {
  const editor = new HeadlessEditor(page, version, text);
  return [editor, new Session(editor, page, textOf(text))];
}

function restore(kept: KeptSession): [HeadlessEditor, Session] {
  const editor = new HeadlessEditor(kept.page, kept.version, kept.base);
  const session = new Session(editor, kept.page, textOf(kept.base), kept.number);
  for (const json of kept.updates) editor.dispatch([editor.state.update({ changes: ChangeSet.fromJSON(json) })]);
  return [editor, session];
}

const of = (v: number, c: string, n: number, ...u: unknown[]): Push => ({ v, c, n, u });

describe('a session', () => {
  it('confirms its own changes by the publication and sends the rest with the next number', () => {
    const [editor, session] = open('me');
    editor.type(0, 'a');
    expect(session.next()).toEqual({ version: 0, n: 0, updates: [[[0, 'a']]] });
    editor.type(1, 'b');
    expect(session.receive(of(0, 'me', 0, [[0, 'a']]))).toBe(true);
    expect(session.unsent).toBe(1);
    expect(session.next()).toEqual({ version: 1, n: 1, updates: [[1, [0, 'b']]] });
    expect(editor.text).toBe('ab');
  });

  it('moves its changes over those of others', () => {
    const [editor, session] = open('me', 3, 'word');
    editor.type(4, '!');
    session.receive(of(3, 'other', 0, [[0, 'a '], 4]));
    expect(editor.text).toBe('a word!');
    expect(session.base.toString()).toBe('a word');
    expect(session.next()?.updates).toEqual([[6, [0, '!']]]);
  });

  it('takes what it has once, the new part of what overlaps, and reports a gap', () => {
    const [editor, session] = open('me');
    const push = of(0, 'other', 0, [[0, 'a']], [1, [0, 'b']]);
    expect(session.receive(push)).toBe(true);
    expect(session.receive(push)).toBe(true);
    expect(session.receive(of(1, 'other', 1, [1, [0, 'b']], [2, [0, 'c']]))).toBe(true);
    expect(session.receive(of(7, 'other', 9, [3]))).toBe(false);
    expect([editor.text, session.version]).toEqual(['abc', 3]);
  });

  it('is continued from what was kept, with the same numbers', () => {
    const [editor, session] = open('me');
    editor.type(0, 'a');
    session.receive(of(0, 'me', 0, [[0, 'a']]));
    editor.type(1, 'b');
    const sent = session.next();
    editor.type(2, 'c');
    const [again, continued] = restore(session.keep());
    expect(again.text).toBe('abc');
    expect(continued.next()).toEqual({ ...sent, updates: [...(sent?.updates ?? []), [2, [0, 'c']]] });
    // The server had stored the push whose reply was lost.
    continued.receive(of(1, 'me', 1, [1, [0, 'b']]));
    expect(continued.next()).toEqual({ version: 2, n: 2, updates: [[2, [0, 'c']]] });
  });

  it('takes a change of its own that was not kept as one of another page', () => {
    const [editor, session] = open('me');
    const kept = session.keep();
    editor.type(0, 'lost ');
    const [again, continued] = restore(kept);
    again.type(0, 'new');
    continued.receive(of(0, 'me', 0, [[0, 'lost ']]));
    expect(again.text).toBe('lost new');
    expect(continued.next()).toEqual({ version: 1, n: 1, updates: [[5, [0, 'new']]] });
  });

  it('jumps to a later text and keeps the cursor where it is', () => {
    const editor = new HeadlessEditor('me', 2, 'hello world');
    const session = new Session(editor, 'me', textOf('hello world'));
    editor.dispatch([editor.state.update({ selection: { anchor: 11 } })]);
    session.jump(9, textOf('hello big world'));
    expect([editor.text, session.version, editor.state.selection.main.head]).toEqual(['hello big world', 9, 15]);
    expect(session.agrees(9, hashOf('hello big world'))).toBe(true);
    expect(session.agrees(9, hashOf('another'))).toBe(false);
  });

  it('sends at most a hundred updates at once', () => {
    const [editor, session] = open('me');
    for (let i = 0; i < 130; i++) editor.type(i, 'x');
    expect(session.next()?.updates.length).toBe(100);
    expect(session.unsent).toBe(130);
  });
});

describe('cursors', () => {
  const cursor = (c: string, v: number, at: number) => ({ c, user: c, name: c, v, a: at, h: at });

  it('follow the text, before what others insert and behind what their person inserts', () => {
    const cursors = new Cursors(0);
    cursors.set('1', cursor('ada', 0, 2));
    cursors.received('bob', ChangeSet.of({ from: 0, insert: 'xx' }, 5));
    cursors.received('bob', ChangeSet.of({ from: 4, insert: 'y' }, 7));
    expect(cursors.placed([], 8, 'me')[0]?.head).toBe(4);
    cursors.received('ada', ChangeSet.of({ from: 4, insert: 'z' }, 8));
    expect(cursors.placed([], 9, 'me')[0]?.head).toBe(5);
  });

  it('wait for their version, and are not shown for the page itself', () => {
    const cursors = new Cursors(0);
    cursors.set('1', cursor('ada', 1, 3));
    cursors.set('2', cursor('me', 0, 0));
    expect(cursors.placed([], 3, 'me')).toEqual([]);
    cursors.received('ada', ChangeSet.of({ from: 2, insert: 'a' }, 2));
    expect(cursors.placed([], 3, 'me').map(({ head }) => head)).toEqual([3]);
  });
});

describe('the history', () => {
  it('has every version with its authors', () => {
    const history = new DocumentHistory();
    history.add({
      version: 5,
      text: 'old',
      more: true,
      pushes: [{ push: of(5, 'a', 0, [3, [0, ' new']], [[1], 6]), user: 'a', name: 'Ada', time: 1 }],
    });
    history.add({ version: 7, more: false, pushes: [{ push: of(7, 'b', 0, [3, [1, 'N'], 2]), user: 'b', name: 'Bob', time: 2 }] });
    expect([history.firstVersion, history.lastVersion]).toEqual([5, 8]);
    expect([5, 6, 7, 8].map((version) => history.at(version)?.text.toString())).toEqual(['old', 'old new', 'ld new', 'ld New']);
    expect(history.at(8)?.runs).toEqual([
      { length: 2, author: -1 }, { length: 1, author: 0 }, { length: 1, author: 1 }, { length: 2, author: 0 },
    ]);
    expect(history.change(8)).toEqual({ author: { user: 'b', name: 'Bob' }, time: 2 });
    expect(history.change(5)).toBeUndefined();
  });
});

describe('a difference', () => {
  it.each([['', 'abc'], ['abc', ''], ['hello world', 'hello big world'], ['aaa', 'aa'], ['x😀y', 'x😁y'], ['a\nb', 'a\n\nb']])(
    'from %j to %j leads to the second text and divides no character',
    (from, to) => {
      const changes = difference(textOf(from), textOf(to));
      expect(changes.apply(textOf(from)).toString()).toBe(to);
      changes.iterChanges((_fromA, _toA, _fromB, _toB, text) => expect(text.toString()).not.toMatch(/\p{Surrogate}/u));
    },
  );
});

describe('the state of the changes', () => {
  const facts = { canWrite: true, isConnected: true, unsent: 0, isKept: true };

  it('is saved only when the server has confirmed everything', () => {
    expect(savedState(facts).text).toBe('All changes saved');
    expect(savedState({ ...facts, unsent: 1 }).text).toBe('Saving 1 change…');
    expect(savedState({ ...facts, unsent: 12, isConnected: false }).text).toBe('12 changes to be sent, kept in this browser');
    expect(savedState({ ...facts, unsent: 12, isConnected: false, isKept: false }).text).toContain('while this window is open');
    expect(savedState({ ...facts, isConnected: false }).kind).toBe('waiting');
    expect(savedState({ ...facts, canWrite: false }).kind).toBe('reading');
  });
});
