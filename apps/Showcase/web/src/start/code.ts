import { copyText } from '../page/copyText';
import { element } from '../page/element';
import { toast } from '../page/toasts';
import snippet from 'virtual:snippet';

/** Creates the panel with code of the server that runs, as it stands in its file. */
export function code(): HTMLElement {
  const copy = async () => toast(await copyText(snippet) ? 'Copied.' : 'The browser does not allow copying.', { subject: 'copied' });
  return element(
    'section',
    { 'class': 'code panel', 'aria-label': 'Code' },
    element(
      'header',
      {},
      element('h2', {}, 'The code behind the typing indicator'),
      element('button', { type: 'button', class: 'button', click: () => void copy() }, 'Copy'),
    ),
    element('pre', { tabindex: 0 }, element('code', {}, snippet)),
    element('p', { class: 'muted' }, 'From apps/Showcase/Chat/ChatEndpoints.cs, as it runs here. The page’s side is the published JavaScript client of the Centrifuge protocol: no account, no other service.'),
  );
}
