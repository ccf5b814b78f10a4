import type { Connection } from '../connection/connection';
import { element, setData, setText } from './element';

export interface PillFace {
  state: string;
  /** The part of the text that the colour expresses too; hidden on narrow screens. */
  lead?: string;
  text: string;
}

/** Returns the state and the text of the pill, with the line when there is one. */
export function pillFace(connection: Connection): PillFace {
  const face = stateFace(connection);
  const { short } = connection.line.profile;
  return short === '' ? face : { ...face, text: `${face.text} · ${short}` };
}

function stateFace(connection: Connection): PillFace {
  switch (connection.state) {
    case 'connecting':
      return {
        state: 'connecting',
        text: connection.attempt > 1 ? `connecting · attempt ${connection.attempt}` : 'connecting',
      };
    case 'reconnecting': {
      const seconds = Math.floor((Date.now() - connection.lostAt) / 1000);
      return {
        state: 'reconnecting',
        lead: 'reconnecting · ',
        text: `attempt ${Math.max(1, connection.attempt)} · ${seconds} s`,
      };
    }
    case 'offline':
      return { state: 'offline', text: 'offline · no network' };
    case 'closed':
      return { state: 'closed', text: `disconnected · ${connection.reason}` };
    case 'connected': {
      const late = connection.lateBy;
      if (late !== undefined) return { state: 'late', text: `late · ${Math.round(late / 1000)} s` };
      const recovered = connection.recovered;
      if (recovered !== undefined)
        return {
          state: 'recovered',
          text: recovered === 0 ? 'reconnected' : `recovered ${recovered} ${recovered === 1 ? 'message' : 'messages'}`,
        };
      const trip = connection.roundTrip;
      return trip === undefined
        ? { state: 'connected', text: 'connected' }
        : { state: 'connected', lead: 'connected · ', text: formatTrip(trip) };
    }
  }
}

function formatTrip(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** Creates the pill in the page's header that shows the connection's state. While disconnected, a click reconnects. */
export function connectionPill(connection: Connection): HTMLElement {
  const lead = element('span', { class: 'lead' });
  const text = element('span');
  const pill = element(
    'button',
    {
      'type': 'button',
      'class': 'pill',
      'data-state': 'connecting',
      'click': () => connection.state === 'closed' && connection.start(),
    },
    element('span', { class: 'number' }, lead, text),
  );
  const announced = element('span', { class: 'unseen', role: 'status' });
  const paint = () => {
    const face = pillFace(connection);
    if (pill.dataset.state !== face.state) setText(announced, `${face.lead ?? ''}${face.text}`);
    setData(pill, 'state', face.state);
    setText(lead, face.lead ?? '');
    setText(text, face.text);
    pill.title = titleOf(connection);
  };
  connection.onChange(paint);
  setInterval(paint, 1000);
  paint();
  return element('span', {}, pill, announced);
}

function titleOf({ state, reason, clock }: Connection): string {
  switch (state) {
    case 'closed':
      return 'Reconnect';
    case 'connected':
      return `Round trip of the last call. The server's clock differs by ${Math.round(clock.offset)} ms.`;
    case 'connecting':
      return '';
    default:
      return `The connection was lost: ${reason}.`;
  }
}
