import { element, setData, setText } from '../../page/element';
import type { Candle } from '../market/candles';
import { groupThousands } from '../market/decimal';
import { compact } from '../market/ticker';
import type { DrawnStudy } from './drawnStudy';

/** The figures of one candle above the chart, and the values of the indicators. */
export class ChartLegend {
  readonly root = element('div', { class: 'legend number' });
  readonly #figures = element('p');
  readonly #studies = element('p');
  readonly #places: number;

  constructor(pricePlaces: number) {
    this.#places = pricePlaces;
    this.root.append(this.#figures, this.#studies);
    for (const name of ['open', 'high', 'low', 'close', 'change', 'volume']) this.#figures.append(element('span', { class: name }));
  }

  /** Shows the values of other indicators from now on. */
  choose(drawn: readonly DrawnStudy[]): void {
    const lines = drawn.flatMap(({ study }) => study.lines).filter((line) => line.title !== '');
    this.#studies.replaceChildren(
      ...lines.map((line) => {
        const value = element('span', { class: line.id });
        value.style.color = `var(--${line.colour})`;
        return value;
      }),
    );
  }

  /** Paints a candle; `index` is its position, with which the indicators are read. */
  paint(candle: Candle | undefined, index: number, drawn: readonly DrawnStudy[]): void {
    this.root.hidden = candle === undefined;
    if (!candle) return;
    const change = candle.open === 0 ? 0 : ((candle.close - candle.open) / candle.open) * 100;
    const figures = [
      `O ${this.#show(candle.open)}`,
      `H ${this.#show(candle.high)}`,
      `L ${this.#show(candle.low)}`,
      `C ${this.#show(candle.close)}`,
      `${change >= 0 ? '+' : ''}${change.toFixed(2)}%`,
      `V ${compact(String(candle.volume))}`,
    ];
    fill(this.#figures, figures);
    const values = drawn.flatMap((study) =>
      study.study.lines.flatMap(({ title }, line) =>
        title === '' ? [] : `${title} ${this.#show(study.valueAt(line, index), study.study.isPrice ? this.#places : 2)}`),
    );
    fill(this.#studies, values);
    setData(this.root, 'direction', change >= 0 ? 'up' : 'down');
  }

  #show(value: number | undefined, places = this.#places): string {
    return value === undefined ? '–' : groupThousands(value.toFixed(places));
  }
}

function fill(row: HTMLElement, texts: readonly string[]): void {
  for (const [position, text] of texts.entries()) {
    const node = row.children[position];
    if (node) setText(node, text);
  }
}
