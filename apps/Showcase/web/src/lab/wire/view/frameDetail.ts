import { element } from '../../../page/element';
import { partsOf, type Unmasked, unmasking } from '../parts';
import type { SeenFrame } from '../wireSession';
import { ByteStrip, marking } from './byteStrip';
import { partRow, tableOf } from './table';

const maxUnmasked = 32;
const firstVisible = 0x20;
const lastVisible = 0x7e;

/** Creates the parts of a frame, and the removal of its mask byte by byte. */
export function frameDetail(number: number, seen: SeenFrame): HTMLElement {
  const strip = new ByteStrip(seen.bytes);
  const parts = partsOf(seen).map(({ name, at, length, raw, value, meaning }) => marking(
    partRow(name, [[raw, 'number'], [value, 'number'], [meaning, 'muted']]), strip, [at, length]));
  const detail = element(
    'div',
    { class: 'frame-detail' },
    element('h3', {}, `Frame ${number}, bit by bit`),
    strip.root,
    element(
      'div',
      { class: 'wire-scroll' },
      tableOf(`The parts of frame ${number}`, ['Part', 'Bits or bytes', 'Value', 'Meaning'], parts),
    ),
  );
  const steps = unmasking(seen, maxUnmasked);
  if (steps.length > 0) detail.append(unmaskTable(seen, strip, steps));
  return detail;
}

function unmaskTable({ frame, payload }: SeenFrame, strip: ByteStrip, steps: readonly Unmasked[]): HTMLElement {
  const rows = steps.map(({ index, masked, key, plain }) => marking(
    element(
      'tr',
      {},
      element('th', { scope: 'row', class: 'number' }, String(index)),
      ...[binary(masked), binary(key), binary(plain), `${hex(plain)} ${characterOf(plain)}`].map((text) => element('td', { class: 'number' }, text)),
    ),
    strip,
    [frame.headerLength + index, 1],
    [frame.headerLength - 4 + (index % 4), 1],
  ));
  const caption = payload.length > steps.length
    ? `The mask removed from the first ${steps.length} of ${payload.length.toLocaleString('en')} bytes`
    : 'The mask removed byte by byte';
  return element(
    'div',
    { 'class': 'wire-scroll unmasking', 'tabindex': 0, 'role': 'region', 'aria-label': 'Unmasking' },
    tableOf(caption, ['Byte', 'Masked', 'XOR key', 'Payload', ''], rows),
  );
}

function binary(byte: number): string {
  return byte.toString(2).padStart(8, '0');
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function characterOf(byte: number): string {
  return byte >= firstVisible && byte <= lastVisible ? String.fromCharCode(byte) : '';
}
