import { element } from '../../page/element';

const longestText = 2000;
const warnsFrom = 1800;

/** Where one writes. Enter sends, Shift and Enter break the line. It works offline too: what is sent then waits. */
export class Composer {
  readonly root: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #count = element('span', { class: 'number muted' });

  constructor(send: (text: string) => boolean, typed: () => void) {
    this.#field = element('textarea', {
      'rows': 1,
      'maxlength': longestText,
      'placeholder': 'Write a message',
      'aria-label': 'Message',
    });
    const submit = () => {
      const text = this.#field.value.trim();
      if (text === '' || !send(text)) return;
      this.#field.value = '';
      this.#fit();
    };
    this.#field.addEventListener('input', () => {
      this.#fit();
      if (this.#field.value.trim() !== '') typed();
    });
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    });
    this.root = element(
      'form',
      {
        class: 'composer',
        submit: (event) => {
          event.preventDefault();
          submit();
        },
      },
      this.#field,
      this.#count,
      element('button', { type: 'submit', class: 'button primary' }, 'Send'),
    );
  }

  focus(): void {
    this.#field.focus();
  }

  #fit(): void {
    const length = this.#field.value.length;
    this.#count.textContent = length >= warnsFrom ? `${longestText - length}` : '';
    this.#field.style.height = 'auto';
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, 160)}px`;
  }
}
