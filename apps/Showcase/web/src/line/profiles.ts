/** The settings of a line, as the server takes them. */
export interface LineSettings {
  readonly bytesPerSecond?: number;
  readonly delayMs?: number;
  readonly jitterMs?: number;
  readonly state?: 'open' | 'silent' | 'cut';
}

export interface Profile {
  readonly id: string;
  readonly title: string;
  /** The title in the connection pill. */
  readonly short: string;
  /** The settings of the line; undefined for a direct connection. */
  readonly settings?: LineSettings;
}

/** A connection without a line. */
export const direct: Profile = { id: 'direct', title: 'as it is', short: '' };

/** The lines to choose from. Titles give the round trip, which is twice the delay, and the rate. */
export const profiles: readonly Profile[] = [
  direct,
  {
    id: '4g',
    title: '4G (40 ms, 1.5 MB/s)',
    short: '4G',
    settings: { bytesPerSecond: 1_500_000, delayMs: 20, jitterMs: 5 },
  },
  {
    id: '3g',
    title: '3G (100 ms, 200 kB/s)',
    short: '3G',
    settings: { bytesPerSecond: 200_000, delayMs: 50, jitterMs: 15 },
  },
  {
    id: 'modem',
    title: 'modem (200 ms, 4 kB/s)',
    short: 'modem',
    settings: { bytesPerSecond: 4000, delayMs: 100 },
  },
  { id: 'silent', title: 'no signal (nothing passes)', short: 'no signal', settings: { state: 'silent' } },
  { id: 'cut', title: 'cut (connections are reset)', short: 'cut', settings: { state: 'cut' } },
];

/** Returns the profile that a reloaded page starts with: one that carries bytes. */
export function profileAtStart(id: string | undefined): Profile {
  const profile = profiles.find((candidate) => candidate.id === id);
  return profile?.settings && !profile.settings.state ? profile : direct;
}
