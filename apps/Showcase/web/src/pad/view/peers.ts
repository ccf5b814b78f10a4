import { EditorSelection, StateEffect, type EditorState, type Extension } from '@codemirror/state';
import { layer, RectangleMarker, type EditorView, type LayerMarker, type ViewUpdate } from '@codemirror/view';
import { hueOf } from '../../conversation/look';
import type { PlacedCursor } from '../model/cursors';

/** Reports that cursors of others have changed. */
export const peersMoved = StateEffect.define();

const namePixels = 160;

type Place = (state: EditorState) => readonly PlacedCursor[];

/** A rectangle in the colour of a person. */
class PeerMarker implements LayerMarker {
  readonly #shape: RectangleMarker;
  readonly #hue: number;
  readonly #name: string;
  readonly #side: 'left' | 'right';

  constructor(shape: RectangleMarker, hue: number, name = '', side: 'left' | 'right' = 'right') {
    this.#shape = shape;
    this.#hue = hue;
    this.#name = name;
    this.#side = side;
  }

  eq(other: LayerMarker): boolean {
    return other instanceof PeerMarker && other.#shape.eq(this.#shape) && other.#hue === this.#hue
      && other.#name === this.#name && other.#side === this.#side;
  }

  draw(): HTMLElement {
    const drawn = this.#shape.draw();
    drawn.style.setProperty('--hue', String(this.#hue));
    // The name is a pseudo-element: nothing of a cursor is part of the text.
    if (this.#name !== '') drawn.dataset.name = this.#name;
    drawn.dataset.side = this.#side;
    return drawn;
  }
}

// A name that would leave the editor on the right is on the left of its cursor.
function sideOf({ left }: RectangleMarker, view: EditorView): 'left' | 'right' {
  return left > view.scrollDOM.clientWidth - namePixels ? 'left' : 'right';
}

/** Draws the cursors and selections of others in layers of their own, so that they never change the text's layout. */
export function peers(place: Place): Extension {
  const moved = ({ docChanged, transactions }: ViewUpdate) =>
    docChanged || transactions.some(({ effects }) => effects.some((effect) => effect.is(peersMoved)));
  const carets = (view: EditorView) => place(view.state).flatMap(({ user, name, head }) => (
    RectangleMarker.forRange(view, 'cm-peer-caret', EditorSelection.cursor(head))
      .map((shape) => new PeerMarker(shape, hueOf(user), name, sideOf(shape, view)))));
  const selections = (view: EditorView) => place(view.state)
    .filter(({ anchor, head }) => anchor !== head)
    .flatMap(({ user, anchor, head }) => (
      RectangleMarker.forRange(view, 'cm-peer-selection', EditorSelection.range(anchor, head))
        .map((shape) => new PeerMarker(shape, hueOf(user)))));
  return [
    layer({ above: true, class: 'cm-peers', update: moved, markers: carets }),
    layer({ above: false, class: 'cm-peers-selected', update: moved, markers: selections }),
  ];
}
