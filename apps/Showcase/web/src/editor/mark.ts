import { type Text, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A place of the program with its problem. Line and column count from 1. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Marks a place, or removes the mark. */
export const setMark = StateEffect.define<Mark | undefined>();

const line = Decoration.line({ class: 'code-fault-line' });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { docChanged, effects, state }) {
    let next = docChanged ? Decoration.none : marks;
    for (const effect of effects)
      if (effect.is(setMark)) next = effect.value ? decorations(state.doc, effect.value) : Decoration.none;
    return next;
  },
  provide: (self) => [
    EditorView.decorations.from(self),
    EditorView.contentAttributes.from(self, (marks) => marks.size > 0 ? { 'aria-invalid': 'true' } : {} as Record<string, string>),
  ],
});

/** Shows one mark, which the next change of the text removes. */
export const marks = field;

/** Returns the position of a line and a column, which may lie outside of the text. */
export function positionOf(doc: Text, at: Mark): number {
  const { from, to } = doc.line(Math.min(Math.max(at.line, 1), doc.lines));
  return Math.min(from + Math.max(at.column, 1) - 1, to);
}

function decorations(doc: Text, at: Mark): DecorationSet {
  const position = positionOf(doc, at);
  const { from, to } = doc.lineAt(position);
  const word = /^\w+/.exec(doc.sliceString(position, to))?.[0].length ?? 1;
  // At the end of a line there is no character to mark: the one before it is marked.
  const start = position === to && position > from ? position - 1 : position;
  const end = Math.min(Math.max(position, start) + word, to);
  const range = Decoration.mark({ class: 'code-fault', attributes: { title: at.message } });
  return Decoration.set([line.range(from), ...(end > start ? [range.range(start, end)] : [])]);
}
