import { EditorSelection, StateEffect, type EditorState, type Extension } from '@codemirror/state';
import { layer, RectangleMarker, type EditorView, type LayerMarker, type ViewUpdate } from '@codemirror/view';
import { hueOf } from '../../conversation/look';
import type { PlacedCursor } from '../model/cursors';

/** Reports that cursors of others have changed. */
export const peersMoved = StateEffect.define();

type Place = (state: EditorState) => readonly PlacedCursor[];

/** A rectangle in the colour of a person. */
class PeerMarker implements LayerMarker {
  readonly #shape: RectangleMarker;
  readonly #hue: number;
  readonly #name: string;

  constructor(shape: RectangleMarker, hue: number, name = '') {
    this.#shape = shape;
    this.#hue = hue;
    this.#name = name;
  }

  eq(other: LayerMarker): boolean {
    return other instanceof PeerMarker && other.#shape.eq(this.#shape) && other.#hue === this.#hue
      && other.#name === this.#name;
  }

  draw(): HTMLElement {
    const drawn = this.#shape.draw();
    drawn.style.setProperty('--hue', String(this.#hue));
    // The name is a pseudo-element: nothing of a cursor is part of the text.
    if (this.#name !== '') drawn.dataset.name = this.#name;
    return drawn;
  }
}

/** Draws the cursors and selections of others in layers of their own, so that they never change the text's layout. */
export function peers(place: Place): Extension {
  const moved = ({ docChanged, transactions }: ViewUpdate) =>
    docChanged || transactions.some(({ effects }) => effects.some((effect) => effect.is(peersMoved)));
  const carets = (view: EditorView) => place(view.state).flatMap(({ user, name, head }) => (
    RectangleMarker.forRange(view, 'cm-peer-caret', EditorSelection.cursor(head))
      .map((shape) => new PeerMarker(shape, hueOf(user), name))));
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
