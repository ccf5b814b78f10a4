/** The number of positions in a unit. */
export const unit = 256;

/** The size of the arena in 1/256 of a unit. */
export const width = 2400 * unit;
export const height = 1600 * unit;

const ticksPerSecond = 60;
export const tickMilliseconds = 1000 / ticksPerSecond;
