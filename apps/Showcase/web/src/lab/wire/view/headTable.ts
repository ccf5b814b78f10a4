import { element } from '../../../page/element';
import { noteOf } from '../headNotes';
import type { SeenHead } from '../wireSession';
import { ByteStrip, marking } from './byteStrip';
import { partRow, tableOf } from './table';

/** Creates the annotated head of a request or a response with its bytes. */
export function headTable(title: string, { head, bytes }: SeenHead): HTMLElement {
  const strip = new ByteStrip(bytes);
  const rows = head.lines.map(({ at, length, name, value }) => marking(
    partRow(name === '' ? title : name, [[value, 'number'], [noteOf(name, value), 'muted']]), strip, [at, length]));
  return element('div', { class: 'wire-head' }, tableOf(`${title}, ${bytes.length} bytes`, ['Line', 'Value', 'Meaning'], rows), strip.root);
}
