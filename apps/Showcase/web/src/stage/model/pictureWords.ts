const oldMilliseconds = 3000;

/** Whether a picture of an age in milliseconds belongs to the past. Before the first picture the age is undefined. */
export function isOld(age: number | undefined): boolean {
  return age === undefined || age > oldMilliseconds;
}

/** Returns why there is no present picture, as a sentence; an empty text when there is one. */
export function pictureWords(age: number | undefined, hasShow: boolean, isSkipping: boolean): string {
  if (!isOld(age)) return '';
  const seconds = Math.round((age ?? 0) / 1000);
  if (isSkipping) return `Your line is too slow for the picture${age === undefined ? '' : `, which is ${seconds} s old`}. The sound comes first.`;
  if (age === undefined) return hasShow ? 'The speaker sends no picture.' : 'The picture is on its way…';
  return hasShow ? `The speaker sends no picture. This one is ${seconds} s old.` : '';
}
