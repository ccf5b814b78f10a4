const separator = /^---+\s*$/m;

export const mostSlides = 60;
const longestSlide = 4096;
// A call has at most 64 KiB.
const mostBytes = 48_000;

/** Splits a text into slides, which lines of three or more dashes separate. */
export function slidesOf(text: string): string[] {
  return text.split(separator).map((slide) => slide.trim()).slice(0, mostSlides);
}

/** Returns why slides cannot be shown; empty when they can. */
export function deckProblem(slides: readonly string[]): string {
  const long = slides.findIndex((slide) => slide.length > longestSlide);
  if (long >= 0) return `Slide ${long + 1} is too long: a slide has at most ${longestSlide} characters.`;
  const bytes = new TextEncoder().encode(JSON.stringify(slides)).length;
  return bytes > mostBytes ? `The slides are too long: ${bytes} bytes, and at most ${mostBytes} can be sent.` : '';
}

export const firstDeck = `# Live video over a WebSocket

The picture and the sound that you receive are **binary messages** of one connection: no player, no plug-in, no segment files.

---

# Slides turn with the words

Each turn carries the time of the media. Whoever is 300 ms behind turns 300 ms later.

---

# A slow line keeps the sound

- pictures are dropped up to the next key picture
- sound is small, and always goes through
- choose *3G* under **wire** and watch

---

# Ask

Questions with the most votes come first.
`;
