import type { Connection } from '../../connection/connection';
import { element, setData, setText } from '../../page/element';
import type { Move } from '../../conversation/people';
import { typingWords } from '../../conversation/typing';
import type { Room } from './room';

const moveShownMilliseconds = 4000;

/** The status line above the field: connection problems first, then typing indicators, then joins and leaves. */
export class StatusLine {
  readonly root = element('p', { class: 'status-line muted' });
  readonly #room: Room;
  readonly #connection: Connection;
  #move: { words: string; until: number } | undefined;

  constructor(room: Room, connection: Connection) {
    this.#room = room;
    this.#connection = connection;
  }

  moved({ person, isHere }: Move): void {
    const words = `${this.#room.names.of(person.user, person.name)} ${isHere ? 'joined' : 'left'}`;
    this.#move = { words, until: Date.now() + moveShownMilliseconds };
  }

  paint(): void {
    const trouble = this.#room.isLoaded ? troubleOf(this.#connection) || this.#room.outbox.heldBack : '';
    const now = Date.now();
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
