import type { Connection } from '../../connection/connection';
import { element, setText } from '../../page/element';
import { DocumentHistory, type Version } from '../model/history';
import type { HistoryPart } from '../model/messages';

const maxRuns = 4000;
// In the order of the authors, so that neighbours differ: the colours of people may be equal.
const hues = [210, 330, 150, 28, 262, 185, 8, 290];

/** Every version of a document by a slider, with the author of each part, and "bring back". */
export class HistoryPanel {
  readonly root: HTMLElement;
  readonly #connection: Connection;
  readonly #doc: string;
  readonly #history = new DocumentHistory();
  readonly #restore: (version: Version) => void;
  readonly #slider = element('input', {
    'type': 'range', 'min': 0, 'max': 0, 'value': 0, 'aria-label': 'Version', 'input': () => this.#paint(),
  });

  readonly #when = element('p', { class: 'when number' }, 'Loading the history…');
  readonly #authors = element('p', { class: 'authors' });
  readonly #text = element('div', { 'class': 'past', 'tabindex': 0, 'role': 'region', 'aria-label': 'Text of this version' });
  readonly #bring = element(
    'button',
    { type: 'button', class: 'button', disabled: true, click: () => this.#bringBack() },
    'Bring back this version',
  );

  constructor(connection: Connection, doc: string, restore: (version: Version) => void) {
    this.#connection = connection;
    this.#doc = doc;
    this.#restore = restore;
    this.root = element(
      'section',
      { 'class': 'history', 'aria-label': 'History', 'hidden': true },
      element('div', { class: 'bar' }, this.#slider, this.#bring),
      this.#when,
      this.#authors,
      this.#text,
    );
  }

  async open(canWrite: boolean): Promise<void> {
    this.root.hidden = false;
    this.#bring.hidden = !canWrite;
    try {
      const from = this.#history.lastVersion > 0 ? { from: this.#history.lastVersion } : {};
      await this.#load(from);
    } catch (error) {
      setText(this.#when, `The history was not loaded: ${(error as Error).message}`);
      return;
    }
    this.#slider.min = String(this.#history.firstVersion);
    this.#slider.max = String(this.#history.lastVersion);
    this.#slider.value = this.#slider.max;
    this.#paint();
    this.#slider.focus();
  }

  close(): void {
    this.root.hidden = true;
  }

  async #load(first: object): Promise<void> {
    let from = first;
    for (;;) {
      const { data } = await this.#connection.client.rpc('pad.history', { doc: this.#doc, ...from });
      const part = data as HistoryPart;
      this.#history.add(part);
      setText(this.#when, `Loading the history… ${this.#history.lastVersion} versions`);
      if (!part.more) return;
      from = { from: this.#history.lastVersion };
    }
  }

  #bringBack(): void {
    const version = this.#history.at(Number(this.#slider.value));
    if (version) this.#restore(version);
  }

  #paint(): void {
    const number = Number(this.#slider.value);
    const version = this.#history.at(number);
    if (!version) return;
    const change = this.#history.change(number);
    const last = this.#history.lastVersion;
    setText(this.#when, change
      ? `Version ${number} of ${last} · ${new Date(change.time).toLocaleString()} · ${change.author.name}`
      : `Version ${number} of ${last} · the beginning of the history`);
    this.#slider.setAttribute('aria-valuetext', this.#when.textContent);
    this.#bring.disabled = number === last;
    const shown = new Set(version.runs.map(({ author }) => author));
    this.#authors.replaceChildren(...this.#history.authors.flatMap(({ name }, index) => (
      shown.has(index) ? [this.#coloured(element('span', { class: 'written' }, element('bdi', {}, name)), index)] : [])));
    const text = version.text.toString();
    let at = 0;
    this.#text.replaceChildren(...version.runs.slice(0, maxRuns).map(({ length, author }) => {
      const part = text.slice(at, at += length);
      const writer = this.#history.authors[author];
      return writer ? this.#coloured(element('span', { class: 'written', title: writer.name }, part), author) : part;
    }), text.slice(at));
  }

  #coloured<T extends HTMLElement>(part: T, author: number): T {
    part.style.setProperty('--hue', String(hues[author % hues.length]));
    return part;
  }
}
