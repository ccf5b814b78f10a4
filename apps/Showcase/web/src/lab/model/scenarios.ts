import { type Settings, settingsFrom } from './settings';

/** A use of events with the settings of its run. */
export interface Scenario {
  readonly title: string;
  readonly settings: Settings;
}

export const scenarios: readonly Scenario[] = [
  { title: 'Rare changes, polled rarely', settings: settingsFrom('rate=0.1&poll=10000&seconds=300') },
  { title: 'A score', settings: settingsFrom('rate=0.5&poll=1000') },
  { title: 'A ticker', settings: settingsFrom('rate=20&poll=500&payload=100') },
  { title: 'Many events, read in batches', settings: settingsFrom('rate=20&poll=10000&seconds=60') },
  { title: 'A slow line', settings: settingsFrom('rate=2&poll=1000&line=modem') },
];
