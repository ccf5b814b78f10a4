import { richText } from '../../conversation/richText';
import { element } from '../../page/element';
import type { Stage } from '../stage';
import { pendingKey, pendingLine } from './pendingLine';

const longest = 2000;
const shown = 200;
const nearPixels = 40;

/** The chat of the stage. What is written offline is kept in this browser and sent once. */
export class TalkPanel {
  readonly root: HTMLElement;
  readonly #stage: Stage;
  readonly #list = element('ol', { 'class': 'talk', 'tabindex': 0, 'aria-label': 'Messages' });
  readonly #field = element('input', { 'type': 'text', 'maxlength': longest, 'placeholder': 'Write a message', 'aria-label': 'Message' });
  #painted = '';

  constructor(stage: Stage) {
    this.#stage = stage;
    this.root = element(
      'div',
      { class: 'inside' },
      this.#list,
      element(
        'form',
        {
          class: 'ask',
          submit: (event) => {
            event.preventDefault();
            const text = this.#field.value.trim();
            if (text !== '' && stage.write(text)) this.#field.value = '';
          },
        },
        element('label', { class: 'field' }, this.#field),
        element('button', { type: 'submit', class: 'button primary' }, 'Send'),
      ),
    );
  }

  paint(): void {
    const messages = this.#stage.thread.messages.slice(-shown);
    const { pendingMessages: pending, outbox } = this.#stage;
    const painted = `${messages.at(-1)?.id} ${messages.length} ${pendingKey(pending, outbox)}`;
    if (painted === this.#painted) return;
    this.#painted = painted;
    const isAtEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < nearPixels;
    this.#list.replaceChildren(
      ...messages.map(({ name, text }) => element('li', { dir: 'auto' }, element('bdi', { class: 'name' }, name), ...richText(text, [], ''))),
      ...pending.map((waiting) => pendingLine(waiting, outbox)),
    );
    if (messages.length === 0 && pending.length === 0) this.#list.replaceChildren(element('li', { class: 'notice' }, 'No messages yet.'));
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }
}
