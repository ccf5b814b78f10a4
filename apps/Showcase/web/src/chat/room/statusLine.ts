import type { Connection } from '../../connection/connection';
import { element, setData, setText } from '../../page/element';
import type { Move } from '../../conversation/people';
import { typingWords } from '../../conversation/typing';
import type { Room } from './room';

const moveShownMilliseconds = 4000;
const backWithinMilliseconds = 2000;

/** The status line above the field: connection problems first, then typing indicators, then joins and leaves. */
export class StatusLine {
  readonly root = element('p', { class: 'status-line muted' });
  readonly #room: Room;
  readonly #connection: Connection;
  readonly #left = new Map<string, { name: string; at: number }>();
  #move: { words: string; until: number } | undefined;

  constructor(room: Room, connection: Connection) {
    this.#room = room;
    this.#connection = connection;
  }

  /** Reports a join or a leave. Somebody who leaves and is back at once has reloaded the page or changed the name. */
  moved(move: Move, now = Date.now()): void {
    const { person, isHere } = move;
    const left = this.#left.get(person.user);
    this.#left.delete(person.user);
    if (!isHere) this.#left.set(person.user, { name: person.name, at: now });
    else if (!left) this.#say(`${this.#room.names.of(person.user, person.name)} joined`, now);
    else if (left.name !== person.name) this.#say(`${left.name} is now called ${person.name}`, now);
  }

  #say(words: string, now: number): void {
    this.#move = { words, until: now + moveShownMilliseconds };
  }

  paint(): void {
    const trouble = this.#room.isLoaded ? troubleOf(this.#connection) || this.#room.outbox.heldBack : '';
    const now = Date.now();
    for (const [user, { name, at }] of this.#left) {
      if (now - at < backWithinMilliseconds) continue;
      this.#left.delete(user);
      this.#say(`${this.#room.names.of(user, name)} left`, now);
    }
    const { names, typing: signs } = this.#room;
    const typing = typingWords(signs.people(now).map(({ user, name }) => names.of(user, name)));
    const move = this.#move && this.#move.until > now ? this.#move.words : '';
    setData(this.root, 'kind', trouble ? 'trouble' : typing ? 'typing' : 'move');
    setText(this.root, trouble || typing || move);
  }
}

function troubleOf({ state, reason, refusal }: Connection): string {
  if (state === 'connected') return '';
  if (state === 'closed') return `Disconnected: ${reason}. Press “disconnected” above to reconnect.`;
  return `${state === 'offline' ? 'No network' : refusal === '' ? 'Connection lost' : refusal.replace(/\.$/, '')}. Messages you send now are delivered later.`;
}
