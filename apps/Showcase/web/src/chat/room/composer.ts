import { element, setText } from '../../page/element';

const longestText = 2000;
const warnsFrom = 1800;
const highestPixels = 160;

export interface ComposerActions {
  /** False when it could not be taken: the text stays. */
  send(text: string): boolean;
  /** Something was typed. */
  typed(text: string): void;
  /** Escape was pressed. */
  left(): void;
}

/** Where one writes. Enter sends, Shift and Enter break the line. It works offline too: what is sent then waits. */
export class Composer {
  readonly root: HTMLElement;
  readonly #actions: ComposerActions;
  readonly #field: HTMLTextAreaElement;
  readonly #count = element('span', { class: 'number muted' });
  readonly #button = element('button', { type: 'submit', class: 'button primary', disabled: true }, 'Send');

  constructor(draft: string, actions: ComposerActions) {
    this.#actions = actions;
    this.#field = element('textarea', {
      'rows': 1,
      'dir': 'auto',
      'maxlength': longestText,
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
      this.#field,
      this.#count,
      this.#button,
    );
    if (draft !== '') this.write(draft);
  }

  focus(): void {
    this.#field.focus();
  }

  /** Puts a text back, to be changed and sent again. */
  write(text: string): void {
    this.#field.value = text;
    // Its height is known once it is on the page.
    requestAnimationFrame(() => this.#fit());
    this.#button.disabled = false;
  }

  setOffline(isOffline: boolean): void {
    setText(this.#button, isOffline ? 'Send later' : 'Send');
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.#actions.left();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '' || !this.#actions.send(text)) return;
    this.#field.value = '';
    this.#fit();
  }

  #fit(): void {
    const length = this.#field.value.length;
    this.#count.textContent = length >= warnsFrom ? `${longestText - length} left` : '';
    this.#button.disabled = this.#field.value.trim() === '';
    this.#field.style.height = 'auto';
    this.#field.style.height = `${Math.min(this.#field.scrollHeight + 2, highestPixels)}px`;
  }
}
