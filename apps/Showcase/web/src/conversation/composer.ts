import { limitOf, longestMessage } from './textLimit';
import { element, setText } from '../page/element';
import { isComposing } from '../page/keys';
import { MentionList } from './mentionList';

const highestPixels = 160;

export interface ComposerActions {
  /** Returns false when the message was not accepted; the text then stays in the field. */
  send(text: string): boolean;
  /** Called on every input. */
  typed(text: string): void;
  /** Called when Escape is pressed. */
  left(): void;
  /** Called when the reply or the edit is cancelled. */
  cancelled(): void;
  /** Called when the arrow key up is pressed in the empty field. */
  editLast(): void;
  /** Returns the names that can be mentioned. */
  names(): readonly string[];
}

/** The message field. Enter sends, and Shift+Enter inserts a line break. Offline, sent messages wait in the outbox. */
export class Composer {
  readonly root: HTMLElement;
  readonly #actions: ComposerActions;
  readonly #field: HTMLTextAreaElement;
  readonly #count = element('span', { class: 'number muted' });
  readonly #refusal = element('span', { role: 'status' });
  readonly #button = element('button', { type: 'submit', class: 'button primary', disabled: true }, 'Send');
  readonly #topic = element('span');
  readonly #context: HTMLElement;
  readonly #mentions: MentionList;
  readonly #longest: number;

  /** Creates the field for texts of at most `longest` characters. */
  constructor(draft: string, actions: ComposerActions, longest = longestMessage) {
    this.#actions = actions;
    this.#longest = longest;
    this.#field = element('textarea', {
      'rows': 1,
      'dir': 'auto',
      'placeholder': 'Write a message',
      'aria-label': 'Message',
      'enterkeyhint': 'send',
    });
    this.#mentions = new MentionList(this.#field, () => actions.names());
    this.#field.addEventListener('input', () => {
      this.#fit();
      actions.typed(this.#field.value);
    });
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.#context = element(
      'p',
      { class: 'context muted', hidden: true },
      this.#topic,
      element('button', { 'type': 'button', 'class': 'link', 'aria-label': 'Cancel', 'click': () => actions.cancelled() }, '✕'),
    );
    this.root = element(
      'form',
      {
        class: 'composer',
        submit: (event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      this.#mentions.root,
      this.#context,
      element('p', { class: 'limit' }, this.#refusal, this.#count),
      this.#field,
      this.#button,
    );
    if (draft !== '') this.write(draft);
  }

  focus(): void {
    this.#field.focus();
  }

  get text(): string {
    return this.#field.value;
  }

  /** Restores a text for editing. */
  write(text: string): void {
    this.#field.value = text;
    // The height is available only after the element is attached.
    requestAnimationFrame(() => this.#fit());
  }

  /** Shows to what the text belongs, such as "Replying to Ada: Hello"; empty for a new message. */
  setContext(words: string): void {
    this.#context.hidden = words === '';
    setText(this.#topic, words);
  }

  /** Enables the field, or explains in it why nothing can be written now. */
  setOpen(isOpen: boolean, placeholder: string): void {
    if (this.#field.disabled === isOpen) this.#field.disabled = !isOpen;
    if (this.#field.placeholder !== placeholder) this.#field.placeholder = placeholder;
  }

  setLabel(label: string): void {
    setText(this.#button, label);
  }

  #pressed(event: KeyboardEvent): void {
    if (isComposing(event) || this.#mentions.pressed(event)) return;
    if (event.key === 'Escape') {
      if (this.#context.hidden) this.#actions.left();
      else this.#actions.cancelled();
      return;
    }
    if (event.key === 'ArrowUp' && this.#field.value === '') {
      event.preventDefault();
      this.#actions.editLast();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '' || limitOf(text, this.#longest).isTooLong || !this.#actions.send(text)) return;
    this.#field.value = '';
    this.#fit();
  }

  #fit(): void {
    const text = this.#field.value.trim();
    const { isTooLong, count, problem } = limitOf(text, this.#longest);
    setText(this.#count, count);
    setText(this.#refusal, problem);
    this.#field.setAttribute('aria-invalid', String(isTooLong));
    this.#button.disabled = text === '' || isTooLong;
    this.#field.style.height = 'auto';
    this.#field.style.height = `${Math.min(this.#field.scrollHeight + 2, highestPixels)}px`;
  }
}
