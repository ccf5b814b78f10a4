import { sendableUpdates } from '@codemirror/collab';
import { ChangeSet, type ChangeDesc, type EditorState } from '@codemirror/state';
import type { Push } from './messages';
import type { Session } from './session';

/** The part of an `EditorView` that shows whether a text is being composed. */
export interface Composer {
  readonly state: EditorState;
  /** Whether an input method is composing a text at the cursor. */
  readonly compositionStarted: boolean;
}

const intervalMilliseconds = 50;
const maxHeldMilliseconds = 10_000;
const maxHeld = 200;

/**
 * Holds back what others write on the line in which a person composes a text: browsers end a composition whose text
 * node is replaced, and the input method then inserts the composed text a second time.
 */
export class HeldPushes {
  readonly #apply: (push: Push) => void;
  readonly #held: Push[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Creates a holder, which calls `apply` with each push in the order in which it takes them. */
  constructor(apply: (push: Push) => void) {
    this.#apply = apply;
  }

  /** Applies a push, now or after the composition. */
  take(push: Push, composer: Composer, session: Session): void {
    if (this.#held.length === 0 && !(composer.compositionStarted && changesLine(push, composer.state, session))) {
      this.#apply(push);
      return;
    }
    this.#held.push(push);
    if (this.#held.length >= maxHeld) {
      this.#release();
      return;
    }
    const since = performance.now();
    this.#timer ??= setInterval(() => {
      if (!composer.compositionStarted || performance.now() - since >= maxHeldMilliseconds) this.#release();
    }, intervalMilliseconds);
  }

  /** Drops the held pushes, which a reply of the server contains as well. */
  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#held.length = 0;
  }

  #release(): void {
    const pushes = [...this.#held];
    this.clear();
    for (const push of pushes) this.#apply(push);
  }
}

function changesLine(push: Push, state: EditorState, session: Session): boolean {
  if (push.c === session.page || push.v !== session.version) return false;
  let { from, to } = state.doc.lineAt(state.selection.main.head);
  let own: ChangeDesc = ChangeSet.empty(session.base.length).desc;
  for (const { changes } of sendableUpdates(state)) own = own.composeDesc(changes.desc);
  for (const json of push.u) {
    const sent = ChangeSet.fromJSON(json).desc;
    const here = sent.mapDesc(own);
    if (here.touchesRange(from, to) !== false) return true;
    own = own.mapDesc(sent, true);
    [from, to] = [here.mapPos(from), here.mapPos(to)];
  }
  return false;
}
