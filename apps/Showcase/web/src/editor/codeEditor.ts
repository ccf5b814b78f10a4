import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, type KeyBinding, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { difference } from './difference';
import './editor.css';
import { javaScript, typeScript } from './language';
import { type Mark, marks, positionOf, setMark } from './mark';
import { theme } from './theme';

export interface EditorOptions {
  /** The name for screen readers. */
  readonly label: string;
  /** The id of the element that describes the keys. */
  readonly hint: string;
  readonly keys: readonly KeyBinding[];
  /** Is called after each change that the person makes. */
  readonly changed: (text: string) => void;
}

const fromPage = Annotation.define<boolean>();

/** An editor of a program. Tab indents; after Escape it leaves the editor, so that the keyboard is not trapped. */
export class CodeEditor {
  readonly root: HTMLElement;
  readonly #view: EditorView;
  readonly #extensions: Extension;
  readonly #language = new Compartment();
  #isTypeScript = false;

  constructor({ label, hint, keys, changed }: EditorOptions) {
    this.#extensions = [
      lineNumbers(),
      history(),
      indentOnInput(),
      bracketMatching(),
      indentUnit.of('  '),
      EditorState.tabSize.of(2),
      syntaxHighlighting(classHighlighter),
      marks,
      theme,
      keymap.of([...keys, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': hint, 'autocapitalize': 'off' }),
      EditorView.updateListener.of(({ docChanged, transactions }) => {
        if (docChanged && !transactions.some((each) => each.annotation(fromPage))) changed(this.text);
      }),
    ];
    this.#view = new EditorView({ state: this.#stateOf('') });
    this.root = this.#view.dom;
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Opens another text, whose changes cannot be undone into the text before. */
  open(text: string): void {
    this.#view.setState(this.#stateOf(text));
  }

  /** Replaces what differs, so that the cursor stays where it is; it can be undone. */
  replace(text: string): void {
    const { state } = this.#view;
    this.#view.dispatch({ changes: difference(state.doc, state.toText(text)), annotations: fromPage.of(true) });
  }

  set isTypeScript(value: boolean) {
    this.#isTypeScript = value;
    this.#view.dispatch({ effects: this.#language.reconfigure(value ? typeScript : javaScript) });
  }

  /** Marks a place and scrolls to it, or removes the mark. */
  mark(at: Mark | undefined): void {
    const scroll = at && EditorView.scrollIntoView(positionOf(this.#view.state.doc, at), { y: 'nearest', yMargin: 40 });
    this.#view.dispatch({ effects: [setMark.of(at), ...(scroll ? [scroll] : [])] });
  }

  focus(): void {
    this.#view.focus();
  }

  #stateOf(text: string): EditorState {
    const language = this.#language.of(this.#isTypeScript ? typeScript : javaScript);
    return EditorState.create({ doc: text, extensions: [this.#extensions, language] });
  }
}
