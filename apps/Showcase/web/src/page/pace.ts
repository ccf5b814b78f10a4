// A call of a steady flow comes before the timer, so that what it draws shares a frame with the rest of its message.
const slackMilliseconds = 50;

/**
 * Returns a function that calls `run` at most once per interval: at once when the last run is older, and otherwise
 * in the first call after the interval or shortly after its end.
 */
export function pace(milliseconds: number, run: () => void): () => void {
  let ranAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const runNow = () => {
    clearTimeout(timer);
    timer = undefined;
    ranAt = performance.now();
    run();
  };
  return () => {
    const wait = ranAt + milliseconds - performance.now();
    if (wait <= 0) runNow();
    else timer ??= setTimeout(runNow, wait + slackMilliseconds);
  };
}
