import type { Connection } from '../connection/connection';
import { describeFrame, type Frame } from '../connection/wireLog';
import { lineControl } from '../line/lineControl';
import { element, setText } from './element';
import { painter } from './painter';

const shownFrames = 60;
const refreshMilliseconds = 250;

/** The side panel that shows the frames of the connection. It does not update while it is closed. */
export class WirePanel {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #connection: Connection;
  readonly #list = element('ol');
  readonly #values = new Map<string, HTMLElement>();
  readonly #open = new Set<number>();
  readonly #pause: HTMLButtonElement;
  #isPaused = false;
  #last = { at: performance.now(), frames: 0, bytes: 0, drawn: 0 };

  constructor(connection: Connection) {
    this.#connection = connection;
    this.button = element(
      'button',
      {
        'type': 'button',
        'class': 'button plain wire-button',
        'aria-expanded': 'false',
        'title': 'Wire log (w)',
        'click': () => this.toggle(),
      },
      'wire',
    );
    this.#pause = element(
      'button',
      { type: 'button', class: 'button', click: () => this.#togglePause() },
      'Pause',
    );
    const totals = element('dl', { class: 'facts' });
    for (const name of [
      'frames in',
      'bytes in',
      'frames out',
      'bytes out',
      'frames/s',
      'KiB/s',
      'round trip',
      'one way',
      'clock differs',
      'reconnects',
      'drawings/s',
      'slowest drawing',
    ]) {
      const value = element('dd', { class: 'number' }, '–');
      this.#values.set(name, value);
      totals.append(element('dt', {}, name), value);
    }
    this.root = element(
      'aside',
      { 'class': 'wire', 'hidden': true, 'aria-label': 'Wire log' },
      element(
        'header',
        {},
        element('h2', {}, 'On the wire'),
        element(
          'button',
          {
            type: 'button',
            class: 'button',
            title: 'Close the socket and watch the client reconnect',
            click: () => connection.cut(),
          },
          'Cut',
        ),
        this.#pause,
        element(
          'button',
          { 'type': 'button', 'class': 'button plain icon', 'aria-label': 'Close', 'click': () => this.toggle() },
          '✕',
        ),
      ),
      lineControl(connection, () => !this.root.hidden) ?? '',
      totals,
      this.#list,
    );
    setInterval(() => !this.root.hidden && painter.mark(this.#paint), refreshMilliseconds);
  }

  toggle(): void {
    this.root.hidden = !this.root.hidden;
    this.button.setAttribute('aria-expanded', String(!this.root.hidden));
    if (this.root.hidden) return;
    painter.mark(this.#paint);
    document.dispatchEvent(new Event('wire'));
  }

  #togglePause(): void {
    this.#isPaused = !this.#isPaused;
    setText(this.#pause, this.#isPaused ? 'Resume' : 'Pause');
    this.#pause.setAttribute('aria-pressed', String(this.#isPaused));
  }

  readonly #paint = (): void => {
    this.#paintTotals();
    if (!this.#isPaused)
      this.#list.replaceChildren(
        ...this.#connection.log.latest(shownFrames).map((frame) => this.#row(frame)),
      );
  };

  #paintTotals(): void {
    const { log, roundTrip, oneWay, clock, reconnects } = this.#connection;
    const now = performance.now();
    const seconds = (now - this.#last.at) / 1000;
    const frames = log.totals.in.frames + log.totals.out.frames;
    const bytes = log.totals.in.bytes + log.totals.out.bytes;
    this.#set('frames in', log.totals.in.frames.toLocaleString('en'));
    this.#set('bytes in', log.totals.in.bytes.toLocaleString('en'));
    this.#set('frames out', log.totals.out.frames.toLocaleString('en'));
    this.#set('bytes out', log.totals.out.bytes.toLocaleString('en'));
    this.#set('round trip', roundTrip === undefined ? '–' : `${roundTrip.toFixed(1)} ms`);
    this.#set('one way', oneWay === undefined ? '–' : `${oneWay.toFixed(1)} ms`);
    this.#set('clock differs', clock.isKnown ? `${clock.offset.toFixed(1)} ms` : '–');
    this.#set('reconnects', String(reconnects));
    if (seconds < 1) return;
    this.#set('frames/s', ((frames - this.#last.frames) / seconds).toFixed(0));
    this.#set('KiB/s', ((bytes - this.#last.bytes) / seconds / 1024).toFixed(1));
    this.#set('drawings/s', ((painter.frames - this.#last.drawn) / seconds).toFixed(0));
    this.#set('slowest drawing', `${painter.slowestMilliseconds.toFixed(1)} ms`);
    painter.slowestMilliseconds = 0;
    this.#last = { at: now, frames, bytes, drawn: painter.frames };
  }

  #set(name: string, text: string): void {
    const value = this.#values.get(name);
    if (value) setText(value, text);
  }

  #row(frame: Frame): HTMLElement {
    const isOpen = this.#open.has(frame.number);
    const row = element(
      'li',
      {},
      element(
        'button',
        { 'type': 'button', 'aria-expanded': String(isOpen), 'click': () => this.#toggleRow(frame.number) },
        element(
          'span',
          { class: frame.direction === 'in' ? 'up' : 'warn', title: frame.direction },
          frame.direction === 'in' ? '↓' : '↑',
        ),
        element('span', { class: 'muted' }, new Date(frame.at).toISOString().slice(11, 23)),
        element('span', { class: 'size' }, String(frame.bytes)),
        element('span', { class: 'text' }, describeFrame(frame)),
      ),
    );
    if (isOpen) row.append(element('pre', {}, frame.text));
    return row;
  }

  #toggleRow(number: number): void {
    if (!this.#open.delete(number)) {
      this.#open.add(number);
      if (!this.#isPaused) this.#togglePause();
    }
    this.#list.replaceChildren(...this.#connection.log.latest(shownFrames).map((frame) => this.#row(frame)));
    painter.mark(this.#paint);
  }
}
