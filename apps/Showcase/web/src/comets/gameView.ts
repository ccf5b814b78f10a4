import type { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { AnswerMeter } from './model/answerMeter';
import { flags, isDestroyed, type RoomEvent, type ShipState } from './model/messages';
import type { DrawnShip, DrawnShot } from './model/snapshots';
import { OpenRoom } from './openRoom';
import { type Comet, cometAt } from './physics/comet';
import { controls } from './physics/flight';
import { Board } from './view/board';
import { Feed } from './view/feed';
import { Follow } from './view/follow';
import { Keys } from './view/keys';
import { Netgraph } from './view/netgraph';
import { type RoomList, titleOf } from './view/rooms';
import { Scene } from './view/scene';
import { Touch } from './view/touch';

const panelMilliseconds = 250;
const silentMilliseconds = 500;
// The server removes a ship without a connection after that time.
const keptMilliseconds = 10_000;
const turning = controls.left | controls.right;

/** The game on the page: one drawing in each animation frame. */
export class GameView {
  readonly root: HTMLElement;
  readonly #connection: Connection;
  readonly #room: OpenRoom;
  readonly #canvas = element('canvas', { 'class': 'arena', 'tabindex': '0', 'role': 'application', 'aria-label': 'The arena: the arrow keys fly your ship, Space fires' });
  readonly #words = element('span', { role: 'status' });
  // A screen reader would read every second.
  readonly #seconds = element('span', { 'class': 'number', 'aria-hidden': 'true' });
  readonly #status = element('p', { class: 'status', hidden: true }, this.#words, this.#seconds);
  readonly #fly = element('button', { type: 'button', class: 'button', click: () => this.#toggle() }, 'Watch');
  readonly #follow = new Follow();
  readonly #board = new Board();
  readonly #feed = new Feed();
  readonly #netgraph: Netgraph;
  readonly #scene: Scene;
  readonly #keys = new Keys((bit) => this.#pressed(bit));
  readonly #touch = new Touch((bit) => this.#pressed(bit));
  readonly #meter = new AnswerMeter();
  readonly #bytes: { at: number; in: number; out: number }[] = [];
  #ready: () => void = () => undefined;
  #isReady = false;
  #own: DrawnShip | undefined;
  #destroyedBy = '';
  #focus: { x: number; y: number } | undefined;
  #panelsAt = 0;

  constructor(connection: Connection, room: string, rooms: RoomList, failed: (reason: string) => void) {
    this.#connection = connection;
    this.#room = new OpenRoom(connection, room, {
      changed: () => this.#changed(),
      happened: (event) => this.#happened(event),
      failed,
    });
    this.#netgraph = new Netgraph(connection);
    this.root = element(
      'div',
      { class: 'game' },
      element(
        'div',
        { class: 'stage' },
        this.#canvas,
        this.#status,
        element('div', { class: 'corner' }, element('strong', {}, titleOf(room)), this.#fly, this.#follow.root),
        this.#touch.root,
      ),
      element(
        'div',
        { class: 'side' },
        this.#board.root,
        this.#netgraph.root,
        this.#feed.root,
        rooms.root,
        element(
          'p',
          { class: 'muted keys' },
          element('span', { class: 'by-key' }, element('kbd', {}, '←'), element('kbd', {}, '→'), ' turn ', element('kbd', {}, '↑'), ' thrust ', element('kbd', {}, 'Space'), ' fire. '),
          element('span', { class: 'by-touch' }, 'The stick points the ship, and thrusts when you push it far. '),
          'Bots are simulated; every other ship is a person.',
        ),
      ),
    );
    this.#scene = new Scene(this.#canvas);
    // A switch that was clicked gives the space bar back to the ship.
    this.root.addEventListener('pointerup', () => setTimeout(() => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && activeElement.matches('input, button')) activeElement.blur();
    }));
    const frame = (now: number) => {
      this.#frame(now);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** Registers what happens when the first snapshot has arrived. */
  onReady(ready: () => void): void {
    this.#ready = ready;
  }

  open(): void {
    this.#room.open();
  }

  #toggle(): void {
    if (this.#room.ship) void this.#room.watch();
    else this.#room.fly();
  }

  #changed(): void {
    if (!this.#isReady && this.#room.snapshots.newest) {
      this.#isReady = true;
      this.#ready();
    }
    setText(this.#fly, this.#room.ship ? 'Watch' : this.#room.isTaken ? 'Fly here' : 'Fly');
    this.#fly.classList.toggle('primary', !this.#room.ship);
    this.#fly.disabled = this.#connection.state !== 'connected';
    this.#touch.root.hidden = !this.#room.ship;
    this.#follow.root.hidden = !this.#room.isWatching;
    this.#follow.paint(this.#room.pilots);
    this.#board.paint(this.#room.pilots, this.#room.ship?.id);
  }

  #happened(event: RoomEvent): void {
    const own = this.#room.ship?.id;
    this.#feed.add(event, own);
    if (event.ship === own && own !== undefined && (event.kind === 'shot' || event.kind === 'crash'))
      this.#destroyedBy = event.kind === 'crash' ? 'You flew into a comet' : `${event.byName ?? 'A shot'} hit you`;
    this.#burst(event);
  }

  // Others are drawn in the past, and so is what hits them.
  #burst({ kind, ship, comet, t }: RoomEvent): void {
    const { clock, comets, seed, snapshots } = this.#room;
    const at = performance.now() + (this.#netgraph.interpolates.isOn ? clock.delay : 0);
    const burst = comet === undefined ? undefined : cometAt(seed, comet, comets[comet] ?? 0, t);
    const hit = kind === 'shot' || kind === 'crash' ? snapshots.newest?.ships.get(ship ?? 0) : burst;
    if (hit) this.#scene.burst(hit.x, hit.y, at);
  }

  #pressed(bit: number): void {
    if (bit & turning) this.#meter.pressed(this.#own?.heading);
  }

  #frame(now: number): void {
    const room = this.#room;
    const { ship } = room;
    const { newest } = room.snapshots;
    const held = this.#keys.held | this.#touch.held(this.#own?.heading);
    if (ship) ship.reconciles = this.#netgraph.reconciles.isOn;
    room.advance(now, held);
    const tick = room.clock.at(now);
    if (!newest || tick === undefined) return;

    const drawnTick = this.#netgraph.interpolates.isOn ? tick : newest.tick;
    const others = room.snapshots.ships(drawnTick);
    const known = ship && newest.ships.get(ship.id);
    const own = ship && this.#netgraph.predicts.isOn && room.isLive
      ? ship.drawn(held, ownFlags(known, held))
      : this.#lost(others.find(({ id }) => id === ship?.id));
    this.#own = own;
    const ships = [...others.filter(({ id }) => id !== ship?.id), ...(own ? [own] : [])];
    this.#meter.drawn(own?.heading);
    const focus = own?.id ?? (room.isWatching ? this.#follow.of(room.pilots) : undefined);
    this.#focus = ships.find(({ id }) => id === focus) ?? this.#focus ?? ships[0];
    this.#scene.draw({
      ships,
      shots: this.#shots(drawnTick),
      comets: this.#comets(drawnTick),
      own: ship?.id,
      ghost: known && !isDestroyed(known) && this.#netgraph.showsGhost.isOn ? known : undefined,
      focus: this.#focus,
      pilots: room.pilots,
      now,
    });
    if (now - this.#panelsAt >= panelMilliseconds) this.#paintPanels(now, known);
  }

  // Own shots fly in the time of the own ship, those of others in theirs.
  #shots(tick: number): DrawnShot[] {
    const { ship, snapshots } = this.#room;
    const all = snapshots.shots(tick);
    if (!ship || !this.#netgraph.predicts.isOn) return all;
    return [...all.filter((shot) => shot.ship !== ship.id), ...ship.drawnShots()];
  }

  #comets(tick: number): Comet[] {
    const { comets, seed } = this.#room;
    return comets.flatMap((appears, place) => tick < appears ? [] : [cometAt(seed, place, appears, tick)]);
  }

  // Without a connection no snapshot marks the own ship.
  #lost(own: DrawnShip | undefined): DrawnShip | undefined {
    return own && this.#connection.state !== 'connected' ? { ...own, flags: own.flags | flags.lost } : own;
  }

  #paintPanels(now: number, known: ShipState | undefined): void {
    this.#panelsAt = now;
    const { arrivals, clock, ship } = this.#room;
    const { snapshots, error } = arrivals.rates(now);
    const bytes = this.#byteRates(now);
    this.#paintStatus(known);
    this.#netgraph.paint({
      roundTrip: this.#connection.roundTrip,
      snapshots,
      bytesIn: bytes.in,
      bytesOut: bytes.out,
      delay: this.#netgraph.interpolates.isOn ? clock.behind : 0,
      error: ship ? error : 0,
      waiting: ship?.waiting,
      answer: this.#meter.frames,
      answers: this.#meter.answers,
    }, arrivals.all, now);
  }

  // Those of the whole connection, as the wire panel counts them.
  #byteRates(now: number): { in: number; out: number } {
    const { totals } = this.#connection.log;
    this.#bytes.push({ at: now, in: totals.in.bytes, out: totals.out.bytes });
    while (this.#bytes.length > 9) this.#bytes.shift();
    const [first] = this.#bytes;
    if (!first || now === first.at) return { in: 0, out: 0 };
    const seconds = (now - first.at) / 1000;
    return { in: (totals.in.bytes - first.in) / seconds, out: (totals.out.bytes - first.out) / seconds };
  }

  #paintStatus(known: ShipState | undefined): void {
    const { isTaken, silence } = this.#room;
    const words = this.#statusWords(known);
    setText(this.#words, words);
    const isSilent = silence > silentMilliseconds && !isTaken;
    setText(this.#seconds, isSilent ? ` ${Math.max(1, Math.round(silence / 1000))} s` : '');
    this.#status.hidden = words === '';
  }

  #statusWords(known: ShipState | undefined): string {
    const { isTaken, refusal, ship, silence } = this.#room;
    if (isTaken) return 'You fly in another window.';
    if (silence > silentMilliseconds) {
      if (!ship || this.#connection.state === 'connected') return 'No snapshots arrive.';
      const isKept = silence < keptMilliseconds && !(known && isDestroyed(known));
      return isKept ? 'Connection lost: your ship drifts, and nothing hits it.' : 'Connection lost. You fly again when it returns.';
    }
    if (known && isDestroyed(known)) return `${this.#destroyedBy}. You return in a moment.`;
    if (refusal !== '') return refusal;
    if (!ship) return this.#room.isWatching ? this.#watchingWords() : '';
    return known && known.flags & flags.shielded ? 'Your shield lasts two seconds.' : '';
  }

  #watchingWords(): string {
    const { pilots, snapshots } = this.#room;
    const followed = snapshots.newest?.ships.get(this.#follow.of(pilots) ?? 0);
    return `You watch ${this.#follow.words}${followed && isDestroyed(followed) ? ', who returns in a moment' : ''}.`;
  }
}

function ownFlags(known: ShipState | undefined, held: number): number {
  const thrusting = held & controls.thrust ? flags.thrusting : 0;
  return thrusting | ((known?.flags ?? 0) & flags.shielded);
}
