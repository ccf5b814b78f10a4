import { EditorState, type Transaction } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeldPushes, type Composer } from '../../src/pad/model/heldPushes';
import type { Push } from '../../src/pad/model/messages';
import { Session, sessionExtension, textOf } from '../../src/pad/model/session';

const text = 'one\ntwo\nthree';

class ComposingEditor implements Composer {
  state = EditorState.create({
    doc: textOf(text), extensions: sessionExtension('me', 0), selection: { anchor: 5 },
  });

  compositionStarted = false;

  dispatch(transactions: readonly Transaction[]): void {
    for (const { state } of transactions) this.state = state;
  }

  /** Composes a text in the second line, whose changes are unsent. */
  compose(insert: string): void {
    this.compositionStarted = true;
    const { head } = this.state.selection.main;
    const selection = { anchor: head + insert.length };
    this.dispatch([this.state.update({ changes: { from: head, insert }, selection })]);
  }
}

function open() {
  const editor = new ComposingEditor();
  const session = new Session(editor, 'me', textOf(text));
  const held = new HeldPushes((push) => session.receive(push));
  return { editor, session, held, take: (push: Push) => held.take(push, editor, session) };
}

const other = (v: number, ...u: unknown[]): Push => ({ v, c: 'other', n: v, u });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('pushes while a text is composed', () => {
  it('are applied at once on other lines, and wait on the line of the composition until it ends', () => {
    const { editor, take } = open();
    editor.compose('か');
    take(other(0, [[0, 'zero '], text.length]));
    expect(editor.state.doc.toString()).toBe('zero one\ntかwo\nthree');
    take(other(1, [9, [0, '!'], 9]));
    take(other(2, [19, [0, '.']]));
    expect(editor.state.doc.toString()).toBe('zero one\ntかwo\nthree');
    vi.advanceTimersByTime(200);
    expect(editor.state.doc.line(2).text).toBe('tかwo');
    editor.compositionStarted = false;
    vi.advanceTimersByTime(200);
    expect(editor.state.doc.toString()).toBe('zero one\n!tかwo\nthree.');
  });

  it('are those of others: the own ones confirm the composed text', () => {
    const { editor, session, take } = open();
    editor.compose('か');
    take({ v: 0, c: 'me', n: 0, u: [[5, [0, 'か'], 8]] });
    expect(session.unsent).toBe(0);
  });

  it('wait for a bounded time and in a bounded number', () => {
    const late = open();
    late.editor.compose('か');
    late.take(other(0, [7, [0, '!'], 6]));
    vi.advanceTimersByTime(9_000);
    expect(late.session.version).toBe(0);
    vi.advanceTimersByTime(2_000);
    expect(late.session.version).toBe(1);

    const many = open();
    many.editor.compose('か');
    for (let at = 0; at < 200; at++) many.take(other(at, [7, [0, '!'], 6 + at]));
    expect(many.session.version).toBe(200);
  });

  it('are dropped when a reply contains them', () => {
    const { editor, session, held, take } = open();
    editor.compose('か');
    take(other(0, [7, [0, '!'], 6]));
    held.clear();
    editor.compositionStarted = false;
    vi.advanceTimersByTime(1_000);
    expect(session.version).toBe(0);
  });
});
