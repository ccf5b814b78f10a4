import { EditorView } from '@codemirror/view';

/**
 * The look of the editor, by the tokens of the pages. The classes of a program's parts are in editor.css. The page
 * shows the focus around the panel of the editor.
 */
export const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--canvas)', color: 'var(--text)', fontSize: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--numbers)', lineHeight: 'inherit' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': { backgroundColor: 'var(--canvas)', color: 'var(--muted)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '32px', padding: '0 4px' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--muted)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--down)' },
});
