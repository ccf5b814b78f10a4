import { element, setText } from '../../page/element';
import { pace } from '../../page/pace';
import { painter } from '../../page/painter';
import { onThemeChange, token } from '../../page/theme';
import { formatUnits } from '../market/decimal';
import type { Market } from '../market/market';
import { compact } from '../market/ticker';
import { type DepthCurves, type DepthPoint, depthCurves } from './depthCurves';

// Four updates per second are enough for a depth chart.
const refreshMilliseconds = 250;
const padding = { top: 20, right: 8, bottom: 24, left: 8 };

/** The cumulative depth around the mid price, drawn as steps without interpolation between prices. */
export class DepthView {
  readonly root: HTMLElement;
  readonly #market: Market;
  readonly #canvas = element('canvas', { 'role': 'img', 'aria-label': 'Depth of the book by price' });
  readonly #tip = element('div', { class: 'legend number' });
  #range = 0.01;
  #pointer: number | undefined;

  constructor(market: Market) {
    this.#market = market;
    const zoom = (factor: number) => () => {
      this.#range = Math.min(0.2, Math.max(0.0005, this.#range * factor));
      painter.mark(this.#draw);
    };
    this.root = element(
      'div',
      { class: 'depth' },
      this.#tip,
      this.#canvas,
      element(
        'div',
        { class: 'zoom' },
        element(
          'button',
          { 'type': 'button', 'class': 'button icon', 'aria-label': 'Narrower', 'click': zoom(0.5) },
          '+',
        ),
        element(
          'button',
          { 'type': 'button', 'class': 'button icon', 'aria-label': 'Wider', 'click': zoom(2) },
          '−',
        ),
      ),
    );
    new ResizeObserver(() => painter.mark(this.#draw)).observe(this.root);
    this.#canvas.addEventListener('pointermove', (event) => {
      this.#pointer = event.offsetX;
      painter.mark(this.#draw);
    });
    this.#canvas.addEventListener('pointerleave', () => {
      this.#pointer = undefined;
      painter.mark(this.#draw);
    });
    onThemeChange(() => painter.mark(this.#draw));
    const drawSoon = pace(refreshMilliseconds, () => painter.mark(this.#draw));
    market.follow('book', () => this.root.hidden || drawSoon());
  }

  readonly #draw = (): void => {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const curves = depthCurves(this.#market.book, this.#range);
    const context = this.#canvas.getContext('2d');
    if (!context || width === 0 || !curves) return;
    const scale = devicePixelRatio;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    context.scale(scale, scale);
    const x = (price: number) =>
      padding.left
      + ((price - curves.low) / (curves.high - curves.low)) * (width - padding.left - padding.right);
    const y = (total: number) =>
      height - padding.bottom - (total / curves.largest) * (height - padding.top - padding.bottom);
    this.#curve(context, curves.bids, token('up'), x, y, x(curves.low), height);
    this.#curve(context, curves.asks, token('down'), x, y, x(curves.high), height);
    this.#labels(context, curves, x, y, height);
    this.#point(context, curves, width, height, x, y);
  };

  #curve(
    context: CanvasRenderingContext2D,
    points: DepthPoint[],
    colour: string,
    x: (price: number) => number,
    y: (total: number) => number,
    edge: number,
    height: number,
  ): void {
    const bottom = height - padding.bottom;
    context.beginPath();
    let total = 0;
    for (const [index, point] of points.entries()) {
      if (index === 0) context.moveTo(x(point.price), bottom);
      else context.lineTo(x(point.price), y(total));
      total = point.total;
      context.lineTo(x(point.price), y(total));
    }
    if (points.length === 0) return;
    context.lineTo(edge, y(total));
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.stroke();
    context.lineTo(edge, bottom);
    context.closePath();
    context.fillStyle = `${colour}26`;
    context.fill();
  }

  #labels(
    context: CanvasRenderingContext2D,
    curves: DepthCurves,
    x: (price: number) => number,
    y: (total: number) => number,
    height: number,
  ): void {
    const { pricePlaces, quantityPlaces } = this.#market.instrument;
    context.fillStyle = token('muted');
    context.font = `11px ${token('numbers')}`;
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const price = Math.round(curves.low + (curves.high - curves.low) * share);
      context.textAlign = share === 0 ? 'left' : share === 1 ? 'right' : 'center';
      context.fillText(formatUnits(price, pricePlaces, true), x(price), height - 8);
    }
    context.textAlign = 'right';
    for (const share of [0.5, 1])
      context.fillText(
        compact(formatUnits(Math.round(curves.largest * share), quantityPlaces)),
        x(curves.high),
        y(curves.largest * share) - 4,
      );
  }

  #point(
    context: CanvasRenderingContext2D,
    curves: DepthCurves,
    width: number,
    height: number,
    x: (price: number) => number,
    y: (total: number) => number,
  ): void {
    const { pricePlaces, quantityPlaces, base } = this.#market.instrument;
    if (this.#pointer === undefined) {
      setText(
        this.#tip,
        `Middle ${formatUnits(Math.round(curves.middle), pricePlaces, true)} · ±${(this.#range * 100).toFixed(2)}%`,
      );
      return;
    }
    const share = (this.#pointer - padding.left) / (width - padding.left - padding.right);
    const price = curves.low + (curves.high - curves.low) * Math.min(1, Math.max(0, share));
    const isBid = price < curves.middle;
    const points = isBid ? curves.bids : curves.asks;
    const total
      = points.findLast((point) => (isBid ? point.price >= price : point.price <= price))?.total ?? 0;
    const distance = ((price - curves.middle) / curves.middle) * 100;
    setText(
      this.#tip,
      `${formatUnits(Math.round(price), pricePlaces, true)} · ${formatUnits(total, quantityPlaces, true)} ${base} · ${distance >= 0 ? '+' : ''}${distance.toFixed(2)}% from the middle`,
    );
    context.strokeStyle = token('muted');
    context.lineWidth = 1;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(x(price), padding.top);
    context.lineTo(x(price), height - padding.bottom);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = token(isBid ? 'up' : 'down');
    context.beginPath();
    context.arc(x(price), y(total), 4, 0, Math.PI * 2);
    context.fill();
  }
}
