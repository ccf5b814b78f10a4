import code from 'code:Support/SupportEndpoints.cs#notes:{id}';
import { element, setText } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type DeskState, waitWords } from '../support/model/supportCase';
import { type Application, type Preview, type Start, whileVisible } from './application';

export const support: Application = {
  name: 'Helpdesk',
  href: '/support',
  group: 'Talk',
  use: 'Live customer support',
  sentence: 'A visitor’s conversation follows through every page; at the desk each case belongs to exactly one agent.',
  demonstrates: ['one winner per case', 'notes on a channel of their own', 'nothing missed after a reconnect'],
  task: 'ask a question, sit down at the desk in a second window, and answer it.',
  code,
  preview,
};

/** The state of the desk. */
function preview({ connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview desk-preview' },
    openingNotice(connection, 'Opening the desk…', 'Its state appears as soon as the connection is open.'),
  );
  const [agents, waiting] = [element('span', { class: 'number' }), element('span', { class: 'number' })];
  const words = element('p', { class: 'muted' });
  let state: DeskState | undefined;
  const paint = () => {
    if (!state) return;
    if (!words.isConnected) {
      root.replaceChildren(
        element('dl', {}, element('dt', {}, 'agents at the desk'), element('dd', {}, agents), element('dt', {}, 'visitors waiting'), element('dd', {}, waiting)),
        words,
      );
    }
    setText(agents, String(state.agents));
    setText(waiting, String(state.waiting));
    setText(words, waitWords(state));
  };
  const desk = connection.client.newSubscription('desk:state');
  const take = ({ data }: { data?: unknown }) => {
    state = data as DeskState;
    painter.mark(paint);
  };
  desk.on('subscribed', take);
  desk.on('publication', take);
  return { root, setVisible: whileVisible(desk) };
}
