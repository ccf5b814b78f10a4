import type { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import type { LineCounts } from './lineApi';
import { profiles } from './profiles';
import './line.css';

const countsMilliseconds = 1000;

/** Creates the choice of the line for the wire panel with the line's counts; undefined where there are no lines. */
export function lineControl(connection: Connection, isShown: () => boolean): HTMLElement | undefined {
  if (!connection.hasLines) return undefined;
  const { line } = connection;
  const select = element(
    'select',
    { class: 'button', id: 'line' },
    ...profiles.map((profile) => element('option', { value: profile.id }, profile.title)),
  );
  select.addEventListener('change', () => {
    const profile = profiles.find(({ id }) => id === select.value);
    if (profile) void connection.chooseLine(profile);
  });
  const carried = element('p', { class: 'number muted' });
  const problem = element('p', { class: 'warn', role: 'status' });
  // A page may choose a line of its own, which is named while it is in use.
  const other = element('option', { hidden: true });
  select.append(other);
  const paint = () => {
    const { id, title } = line.profile;
    if (!profiles.some((profile) => profile.id === id)) {
      other.value = id;
      setText(other, title);
    }
    select.value = id;
    setText(problem, line.problem);
    if (!line.profile.settings) setText(carried, '');
  };
  connection.onChange(paint);
  paint();
  setInterval(() => {
    if (!isShown() || !line.profile.settings) return;
    // Without an answer the last counts stay; the connection's state is displayed elsewhere.
    void line.counts().then((counts) => counts && setText(carried, carriedWords(counts)), () => undefined);
  }, countsMilliseconds);
  return element(
    'div',
    { class: 'line-control', title: 'A forwarder in the server carries this page\'s connection' },
    element('label', { for: 'line' }, 'Line'),
    select,
    carried,
    problem,
  );
}

/** Describes what a line has carried and holds, in bytes of TCP. */
export function carriedWords({ up, down }: LineCounts): string {
  return `↓ ${inWords(down.delivered)} · ↑ ${inWords(up.delivered)} · under way ${inWords(up.held + down.held)}`;
}

function inWords(bytes: number): string {
  return bytes < 10_000 ? `${bytes.toLocaleString('en')} B` : `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 0 })} kB`;
}
