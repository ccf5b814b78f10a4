import { element, setText } from '../../page/element';
import { isComposing } from '../../page/keys';

const longestText = 2000;
const warnsFrom = 1800;
const highestPixels = 160;

export interface ComposerActions {
  /** Returns false when the message was not accepted; the text then stays in the field. */
  send(text: string): boolean;
  /** Called on every input. */
  typed(text: string): void;
  /** Called when Escape is pressed. */
  left(): void;
}

/** The message field. Enter sends, and Shift+Enter inserts a line break. Offline, sent messages wait in the outbox. */
export class Composer {
  readonly root: HTMLElement;
  readonly #actions: ComposerActions;
  readonly #field: HTMLTextAreaElement;
  readonly #count = element('span', { class: 'number muted' });
  readonly #refusal = element('span', { role: 'status' });
  readonly #button = element('button', { type: 'submit', class: 'button primary', disabled: true }, 'Send');

  constructor(draft: string, actions: ComposerActions) {
    this.#actions = actions;
    this.#field = element('textarea', {
      'rows': 1,
      'dir': 'auto',
      'placeholder': 'Write a message',
      'aria-label': 'Message',
      'enterkeyhint': 'send',
    });
    this.#field.addEventListener('input', () => {
      this.#fit();
      actions.typed(this.#field.value);
    });
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.root = element(
      'form',
      {
        class: 'composer',
        submit: (event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      element('p', { class: 'limit' }, this.#refusal, this.#count),
      this.#field,
      this.#button,
    );
    if (draft !== '') this.write(draft);
  }

  focus(): void {
    this.#field.focus();
  }

  /** Restores a text for editing. */
  write(text: string): void {
    this.#field.value = text;
    // The height is available only after the element is attached.
    requestAnimationFrame(() => this.#fit());
  }

  setOffline(isOffline: boolean): void {
    setText(this.#button, isOffline ? 'Send later' : 'Send');
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.#actions.left();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '' || text.length > longestText || !this.#actions.send(text)) return;
    this.#field.value = '';
    this.#fit();
  }

  #fit(): void {
    const { length } = this.#field.value.trim();
    const left = longestText - length;
    setText(this.#count, length < warnsFrom ? '' : left >= 0 ? `${left} left` : `${-left} too many`);
    setText(this.#refusal, left >= 0 ? '' : `Too long to send: a message has at most ${longestText} characters.`);
    this.#field.setAttribute('aria-invalid', String(left < 0));
    this.#button.disabled = length === 0 || left < 0;
    this.#field.style.height = 'auto';
    this.#field.style.height = `${Math.min(this.#field.scrollHeight + 2, highestPixels)}px`;
  }
}
