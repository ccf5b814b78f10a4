/** The number of headings of a turn. Heading 0 points along x and 64 along y. */
export const headings = 256;

/** The value that stands for 1. */
export const one = 1024;

const quarter = headings / 4;
const half = headings / 2;

// The first quarter of a turn; Comets/Physics/Sine.cs has the same numbers.
const firstQuarter = [
  0, 25, 50, 75, 100, 125, 150, 175, 200, 224, 249, 273, 297, 321, 345, 369,
  392, 415, 438, 460, 483, 505, 526, 548, 569, 590, 610, 630, 650, 669, 688, 706,
  724, 742, 759, 775, 792, 807, 822, 837, 851, 865, 878, 891, 903, 915, 926, 936,
  946, 955, 964, 972, 980, 987, 993, 999, 1004, 1009, 1013, 1016, 1019, 1021, 1023, 1024,
  1024,
];

/** Returns the sine of a heading, which may be any number of turns. */
export function sine(heading: number): number {
  const within = heading & (headings - 1);
  const inHalf = within & (half - 1);
  const value = firstQuarter[inHalf <= quarter ? inHalf : half - inHalf] ?? 0;
  return within < half ? value : -value;
}

/** Returns the cosine of a heading. */
export function cosine(heading: number): number {
  return sine(heading + quarter);
}
