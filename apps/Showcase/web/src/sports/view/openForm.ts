import type { Connection } from '../../connection/connection';
import { element } from '../../page/element';
import { randomId } from '../../page/randomId';
import { toast } from '../../page/toasts';

const longestName = 32;

/** The form that opens a friendly of one's own. */
export function openForm(connection: Connection): HTMLElement {
  const field = (label: string) => element('input', { 'type': 'text', 'maxlength': longestName, 'required': true, 'placeholder': label, 'aria-label': label });
  const [home, away] = [field('Team at home'), field('Other team')];
  const button = element('button', { type: 'submit', class: 'button primary' }, 'Open the match');
  // A form that is sent again after a lost reply opens one match.
  let clientId = randomId();
  const open = async () => {
    button.disabled = true;
    try {
      const { data } = await connection.client.rpc('sports.open', { home: home.value, away: away.value, clientId });
      location.href = `/sports/${encodeURIComponent((data as { match: string }).match)}`;
    } catch (error) {
      const { code, message } = error as { code: number; message: string };
      if (code >= 100) clientId = randomId();
      toast(message, { kind: 'bad', subject: 'sports' });
      button.disabled = false;
    }
  };
  connection.onChange(() => {
    button.disabled = connection.state !== 'connected';
  });
  return element(
    'form',
    {
      class: 'panel open-form',
      submit: (event) => {
        event.preventDefault();
        void open();
      },
    },
    element('header', {}, element('h2', {}, 'Your own match')),
    element(
      'div',
      { class: 'inside' },
      element('p', { class: 'muted' }, 'Open a friendly, report it from a phone at the pitch, and watch it on any other screen.'),
      element('label', { class: 'field' }, home),
      element('label', { class: 'field' }, away),
      button,
    ),
  );
}
