import { ChangeSet, Text } from '@codemirror/state';

/** Returns the change from one text to another, in one piece between their common beginning and their common end. */
export function difference(from: Text, to: Text): ChangeSet {
  const [before, after] = [from.toString(), to.toString()];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  // A character of two units is replaced as a whole.
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
  return ChangeSet.of(
    { from: start, to: before.length - end, insert: to.slice(start, after.length - end) },
    before.length,
  );
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
