import { hueOf } from '../../conversation/look';
import { isLight, onThemeChange, token } from '../../page/theme';
import { flags, type Pilot } from '../model/messages';
import type { DrawnShip, DrawnShot } from '../model/snapshots';
import { height, unit, width } from '../physics/arena';
import type { Comet } from '../physics/comet';
import { shipRadius } from '../physics/flight';
import { headings } from '../physics/sine';
import { Camera } from './camera';

const gridUnits = 200;
const mapWidth = 120;
const burstMilliseconds = 400;
const shotRadius = 2.5;

/** What one frame shows. */
export interface Frame {
  ships: readonly DrawnShip[];
  shots: readonly DrawnShot[];
  comets: readonly Comet[];
  own: number | undefined;
  /** The own ship as the server knows it. */
  ghost: DrawnShip | undefined;
  focus: { x: number; y: number } | undefined;
  pilots: ReadonlyMap<number, Pilot>;
  now: number;
}

interface Burst {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

/** Draws the arena on a canvas. */
export class Scene {
  readonly canvas: HTMLCanvasElement;
  readonly #camera = new Camera();
  readonly #context: CanvasRenderingContext2D;
  #bursts: Burst[] = [];
  #colours = coloursNow();
  #pixels = { width: 0, height: 0, ratio: 1 };

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser has no canvas.');
    this.#context = context;
    onThemeChange(() => {
      this.#colours = coloursNow();
    });
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  /** Shows for a moment where a ship or a comet was hit. */
  burst(x: number, y: number, at: number): void {
    this.#bursts.push({ x, y, at });
  }

  draw(frame: Frame): void {
    const { width: w, height: h, ratio } = this.#pixels;
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#colours.canvas;
    context.fillRect(0, 0, w, h);
    if (frame.focus) this.#camera.follow(frame.focus.x, frame.focus.y);
    this.#drawArena();
    for (const comet of frame.comets) this.#drawComet(comet);
    // Ships in its corner are drawn above the map.
    this.#drawMap(frame);
    for (const shot of frame.shots) this.#drawShot(shot, frame.own);
    if (frame.ghost) this.#drawGhost(frame.ghost);
    for (const ship of frame.ships) this.#drawShip(ship, frame);
    this.#drawBursts(frame.now);
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.#pixels = { width: clientWidth, height: clientHeight, ratio };
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.#camera.resize(clientWidth, clientHeight);
  }

  #drawArena(): void {
    const context = this.#context;
    const [left, top] = this.#camera.at(0, 0);
    const [right, bottom] = this.#camera.at(width, height);
    context.fillStyle = this.#colours.surface;
    context.fillRect(left, top, right - left, bottom - top);
    context.strokeStyle = this.#colours.line;
    context.globalAlpha = 0.5;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = gridUnits; x < width / unit; x += gridUnits) {
      const [at] = this.#camera.at(x * unit, 0);
      context.moveTo(at, top);
      context.lineTo(at, bottom);
    }
    for (let y = gridUnits; y < height / unit; y += gridUnits) {
      const [, at] = this.#camera.at(0, y * unit);
      context.moveTo(left, at);
      context.lineTo(right, at);
    }
    context.stroke();
    context.globalAlpha = 1;
    context.strokeStyle = this.#colours.muted;
    context.lineWidth = 2;
    context.strokeRect(left, top, right - left, bottom - top);
  }

  #drawComet({ x, y, radius, heading }: Comet): void {
    const context = this.#context;
    const [cx, cy] = this.#camera.at(x, y);
    const r = radius * this.#camera.scale;
    const angle = angleOf(heading);
    context.save();
    context.translate(cx, cy);
    context.rotate(angle);
    context.fillStyle = this.#colours.muted;
    context.globalAlpha = 0.14;
    context.beginPath();
    context.moveTo(0, -r * 0.9);
    context.lineTo(-r * 4.5, 0);
    context.lineTo(0, r * 0.9);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = this.#colours.raised;
    context.strokeStyle = this.#colours.muted;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(0, 0, r, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.beginPath();
    for (const [dx, dy, part] of craters) {
      context.moveTo((dx + part) * r, dy * r);
      context.arc(dx * r, dy * r, part * r, 0, 2 * Math.PI);
    }
    context.stroke();
    context.restore();
  }

  #drawShot({ ship, x, y }: DrawnShot, own: number | undefined): void {
    if (x < 0 || x > width || y < 0 || y > height) return;
    const [cx, cy] = this.#camera.at(x, y);
    this.#context.fillStyle = ship === own ? this.#colours.accent : this.#colours.text;
    this.#context.beginPath();
    this.#context.arc(cx, cy, shotRadius, 0, 2 * Math.PI);
    this.#context.fill();
  }

  #drawShip(ship: DrawnShip, { own, pilots }: Frame): void {
    const context = this.#context;
    const isOwn = ship.id === own;
    const [cx, cy] = this.#camera.at(ship.x, ship.y);
    const size = shipRadius * this.#camera.scale * 1.1;
    const isAway = (ship.flags & (flags.lost | flags.parked)) !== 0;
    context.save();
    context.translate(cx, cy);
    context.globalAlpha = isAway ? 0.5 : 1;
    context.save();
    context.rotate(angleOf(ship.heading));
    if (ship.flags & flags.thrusting && !isAway) {
      context.fillStyle = this.#colours.warn;
      triangle(context, -size * 1.7, size * 0.32, -size * 0.75);
      context.fill();
    }
    context.fillStyle = isOwn ? this.#colours.accent : this.#colourOf(ship.id);
    outline(context, size);
    context.fill();
    context.restore();
    if (ship.flags & flags.shielded) {
      context.strokeStyle = isOwn ? this.#colours.accent : this.#colours.muted;
      context.lineWidth = 1.5;
      context.beginPath();
      context.arc(0, 0, size * 1.7, 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
    const pilot = pilots.get(ship.id);
    const note = ship.flags & flags.lost ? 'connection lost' : ship.flags & flags.parked ? 'away' : '';
    this.#label([isOwn ? 'you' : pilot?.name ?? '', note].filter((word) => word !== '').join(' · '), size);
    context.restore();
  }

  #label(words: string, size: number): void {
    const context = this.#context;
    context.font = `12px ${this.#colours.font}`;
    context.textAlign = 'center';
    context.fillStyle = this.#colours.muted;
    context.fillText(words, 0, size * 1.7 + 14);
  }

  // What the server knows: an outline, so that it is told from the ship without a colour.
  #drawGhost({ x, y, heading }: DrawnShip): void {
    const context = this.#context;
    const [cx, cy] = this.#camera.at(x, y);
    context.save();
    context.translate(cx, cy);
    context.rotate(angleOf(heading));
    context.strokeStyle = this.#colours.text;
    context.lineWidth = 1.5;
    context.setLineDash([4, 3]);
    outline(context, shipRadius * this.#camera.scale * 1.1);
    context.stroke();
    context.restore();
  }

  #drawBursts(now: number): void {
    const context = this.#context;
    this.#bursts = this.#bursts.filter(({ at }) => now - at < burstMilliseconds);
    context.strokeStyle = this.#colours.warn;
    context.lineWidth = 2;
    for (const { x, y, at } of this.#bursts) {
      const part = (now - at) / burstMilliseconds;
      if (part < 0) continue;
      const [cx, cy] = this.#camera.at(x, y);
      context.globalAlpha = 1 - part;
      context.beginPath();
      context.arc(cx, cy, (8 + 30 * part) * this.#camera.scale, 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  #drawMap({ ships, own }: Frame): void {
    const context = this.#context;
    const mapHeight = mapWidth * height / width;
    const [left, top] = [this.#pixels.width - mapWidth - 8, 8];
    context.fillStyle = this.#colours.canvas;
    context.globalAlpha = 0.85;
    context.fillRect(left, top, mapWidth, mapHeight);
    context.globalAlpha = 1;
    context.strokeStyle = this.#colours.line;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, mapWidth - 1, mapHeight - 1);
    for (const { id, x, y } of ships) {
      const size = id === own ? 5 : 3;
      context.fillStyle = id === own ? this.#colours.accent : this.#colours.muted;
      context.fillRect(left + x / width * mapWidth - size / 2, top + y / height * mapHeight - size / 2, size, size);
    }
  }

  #colourOf(ship: number): string {
    return `hsl(${hueOf(`ship ${ship}`)} ${isLight() ? '55% 40%' : '55% 65%'})`;
  }
}

const craters: readonly [number, number, number][] = [[-0.3, -0.35, 0.22], [0.35, 0.2, 0.28], [-0.35, 0.4, 0.15]];

function coloursNow() {
  return {
    canvas: token('canvas'),
    surface: token('surface'),
    raised: token('raised'),
    line: token('line'),
    text: token('text'),
    muted: token('muted'),
    accent: token('accent'),
    warn: token('warn'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

function angleOf(heading: number): number {
  return heading * 2 * Math.PI / headings;
}

function outline(context: CanvasRenderingContext2D, size: number): void {
  context.beginPath();
  context.moveTo(size * 1.15, 0);
  context.lineTo(-size * 0.9, size * 0.78);
  context.lineTo(-size * 0.5, 0);
  context.lineTo(-size * 0.9, -size * 0.78);
  context.closePath();
}

function triangle(context: CanvasRenderingContext2D, tip: number, half: number, base: number): void {
  context.beginPath();
  context.moveTo(tip, 0);
  context.lineTo(base, half);
  context.lineTo(base, -half);
  context.closePath();
}
