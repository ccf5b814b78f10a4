import { CodeEditor } from '../editor/codeEditor';
import type { Mark } from '../editor/mark';
import { element, setText } from '../page/element';
import { remember, remembered } from '../page/settings';
import { Draft, type Language, readVersion, stored, type Version } from './model/draft';
import type { Problem } from './problems';

export interface ProgramActions {
  run(): void;
  submit(): void;
}

const nameOf = (problem: string) => `judge.draft.${problem}`;
const titles: Record<Language, string> = { javascript: 'JavaScript', typescript: 'TypeScript' };

/** The program: the editor, its language, and the buttons that send it. The draft is shared with the other windows. */
export class ProgramPanel {
  readonly #language = element(
    'select',
    { 'class': 'button', 'aria-label': 'Language', 'change': () => this.#chooseLanguage() },
    ...Object.entries(titles).map(([value, title]) => element('option', { value }, title)),
  );

  readonly #run: HTMLButtonElement;
  readonly #submit: HTMLButtonElement;
  readonly #state = element('p', { class: 'muted' });
  readonly #offer = element(
    'p',
    { class: 'offer', role: 'status', hidden: true },
    element('span', {}, 'Another window has changed this program.'),
    element('button', { type: 'button', class: 'button', click: () => this.#exchange() }, 'Take this window’s version'),
    element('button', { type: 'button', class: 'button plain', click: () => this.#dismiss() }, 'Keep the new one'),
  );

  readonly #editor: CodeEditor;
  readonly root: HTMLElement;
  #problem: Problem | undefined;
  #draft: Draft | undefined;

  constructor(actions: ProgramActions) {
    const hint = element('p', { id: 'editor-keys' }, 'Tab indents; Esc, then Tab leaves the editor.');
    this.#editor = new CodeEditor({
      label: 'Program',
      hint: hint.id,
      keys: [
        { key: 'Mod-Shift-Enter', run: () => (actions.run(), true) },
        { key: 'Mod-Enter', run: () => (actions.submit(), true) },
      ],
      changed: (text) => this.#written(text),
    });
    this.#run = element('button', { type: 'button', class: 'button', title: 'Run the samples (Ctrl+Shift+Enter)', click: actions.run }, 'Run');
    this.#submit = element('button', { type: 'button', class: 'button primary', title: 'Run every test (Ctrl+Enter)', click: actions.submit }, 'Submit');
    const startOver = element('button', { type: 'button', class: 'button plain', click: () => this.#startOver() }, 'Start over');
    this.root = element(
      'section',
      { class: 'panel editor' },
      element('header', {}, element('h2', {}, 'Program'), this.#language, startOver, this.#run, this.#submit),
      this.#offer,
      this.#editor.root,
      element('footer', {}, this.#state, hint),
    );
    window.addEventListener('storage', ({ key, newValue }) => this.#received(key, newValue));
  }

  get text(): string {
    return this.#editor.text;
  }

  get language(): Language {
    return this.#draft?.current.language ?? 'javascript';
  }

  open(problem: Problem): void {
    this.#problem = problem;
    const starter = { text: problem.starter, language: lastLanguage(), time: 0 };
    const version = readVersion(remembered(nameOf(problem.id))) ?? starter;
    this.#draft = new Draft(problem.id, version);
    this.#editor.open(version.text);
    this.#paint();
  }

  /** Takes what a run has executed, as a version of its own. */
  take(text: string, language: Language): void {
    this.#editor.replace(text);
    this.#keep(this.#draft?.write(text, language, Date.now()));
    this.#paint();
  }

  mark(at: Mark | undefined): void {
    this.#editor.mark(at);
  }

  focus(): void {
    this.#editor.focus();
  }

  set state(sentence: string) {
    setText(this.#state, sentence);
  }

  set isSendable(value: boolean) {
    this.#run.disabled = this.#submit.disabled = !value;
  }

  #written(text: string): void {
    this.#keep(this.#draft?.write(text, this.language, Date.now()));
  }

  #chooseLanguage(): void {
    const language = this.#language.value as Language;
    remember('judge.language', language);
    this.#keep(this.#draft?.write(this.text, language, Date.now()));
    this.#paint();
  }

  #startOver(): void {
    if (this.#problem) this.take(this.#problem.starter, this.language);
    this.focus();
  }

  #received(key: string | null, value: string | null): void {
    const version = key === `duplex.${nameOf(this.#draft?.problem ?? '')}` ? readVersion(value) : undefined;
    if (!version || !this.#draft?.receive(version)) return;
    this.#editor.replace(version.text);
    this.#paint();
  }

  #exchange(): void {
    const version = this.#draft?.exchange(Date.now());
    if (!version) return;
    this.#editor.replace(version.text);
    this.#draft?.dismiss();
    this.#keep(version);
    this.#paint();
    this.focus();
  }

  #dismiss(): void {
    this.#draft?.dismiss();
    this.#paint();
    this.focus();
  }

  #keep(version: Version | undefined): void {
    if (version && this.#draft) remember(nameOf(this.#draft.problem), stored(version));
  }

  #paint(): void {
    this.#language.value = this.language;
    this.#editor.isTypeScript = this.language === 'typescript';
    this.#offer.hidden = this.#draft?.older === undefined;
  }
}

function lastLanguage(): Language {
  return remembered('judge.language') === 'typescript' ? 'typescript' : 'javascript';
}
