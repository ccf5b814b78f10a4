const width = 120;
const height = 28;
const namespace = 'http://www.w3.org/2000/svg';

/** A line through values, without axes. */
export class Sparkline {
  readonly root = document.createElementNS(namespace, 'svg');
  readonly #line = document.createElementNS(namespace, 'polyline');

  constructor() {
    this.root.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.root.setAttribute('preserveAspectRatio', 'none');
    this.root.setAttribute('aria-hidden', 'true');
    this.root.append(this.#line);
  }

  draw(values: readonly number[]): void {
    const low = Math.min(...values);
    const span = Math.max(...values) - low || 1;
    const points = values.map((value, index) => {
      const x = (index / Math.max(1, values.length - 1)) * width;
      const y = height - 2 - ((value - low) / span) * (height - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    this.#line.setAttribute('points', points.join(' '));
  }
}
