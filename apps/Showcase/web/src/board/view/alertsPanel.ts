import { element } from '../../page/element';
import type { Alert } from '../model/messages';
import type { Watched } from '../model/watched';
import { attempt } from '../server';

/** Returns the sentence of an alert that has fired. */
export function firedSentence({ symbol, side, price, fired }: Alert): string {
  if (!fired) return '';
  const at = new Date(fired.t).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  return `${symbol} was at or ${side} ${price}: ${fired.p} at ${at}.`;
}

/** The alerts of the user: those that have fired, until they are removed, then those that wait. */
export class AlertsPanel {
  readonly root: HTMLElement;
  readonly #watched: Watched;
  readonly #choose: (symbol: string) => void;
  readonly #list = element('ul', {});
  readonly #none = element('p', { class: 'muted inside' }, 'No alerts. Choose an instrument and press a.');

  constructor(watched: Watched, choose: (symbol: string) => void) {
    this.#watched = watched;
    this.#choose = choose;
    this.root = element(
      'section',
      { 'class': 'panel alerts', 'aria-label': 'Alerts' },
      element('header', {}, element('h2', {}, 'Alerts')),
      this.#none,
      this.#list,
    );
  }

  paint(): void {
    const alerts = [...this.#watched.alerts.values()];
    const fired = alerts.filter((alert) => alert.fired).sort((a, b) => (b.fired?.t ?? 0) - (a.fired?.t ?? 0));
    const waiting = alerts.filter((alert) => !alert.fired);
    this.#none.hidden = alerts.length > 0;
    this.#list.replaceChildren(...[...fired, ...waiting].map((alert) => this.#item(alert)));
  }

  #item(alert: Alert): HTMLElement {
    const words = alert.fired ? firedSentence(alert) : `${alert.symbol} ${alert.side} ${alert.price}`;
    const remove = () => void attempt(this.#watched.removeAlert(alert.id));
    const name = alert.fired ? `Dismiss the alert of ${alert.symbol}` : `Remove the alert of ${alert.symbol}`;
    return element(
      'li',
      { 'data-fired': alert.fired ? 'yes' : '' },
      element('button', { type: 'button', class: 'words', click: () => this.#choose(alert.symbol) }, words),
      element('button', { 'type': 'button', 'class': 'button plain icon', 'aria-label': name, 'title': name, 'click': remove }, '✕'),
    );
  }
}
