import { copyText } from '../page/copyText';
import { element, setText } from '../page/element';
import { toast } from '../page/toasts';
import type { Application } from './application';
import { lastOpened } from './lastOpened';
import { measuredTable } from './measuredTable';

/** Creates the section about what was just used: the code behind the card that was opened last, and the figures. */
export function used(applications: readonly Application[]): HTMLElement {
  return element(
    'section',
    { 'class': 'used', 'aria-label': 'What you have just used' },
    element('h2', {}, 'What you have just used'),
    element('div', { class: 'used-panels' }, code(applications), measuredTable()),
  );
}

function code(applications: readonly Application[]): HTMLElement {
  const title = element('h3');
  const text = element('code');
  const source = element('p', { class: 'muted' });
  const copy = async () => toast(await copyText(text.textContent) ? 'Copied.' : 'The browser does not allow copying.', { subject: 'copied' });
  const paint = () => {
    const application = applications.find(({ name }) => name === lastOpened()) ?? applications[0];
    if (!application) return;
    setText(title, `${application.name}: the server’s code`);
    setText(text, application.code.text);
    setText(source, `From ${application.code.file}, as it runs here. The page’s side is the client centrifuge from npm: MIT, no account, no other service.`);
  };
  paint();
  // The page may be left by its card and found again in the cache of the browser, or stay open beside the application.
  window.addEventListener('pageshow', paint);
  window.addEventListener('focus', paint);
  return element(
    'section',
    { 'class': 'code panel', 'aria-label': 'Code' },
    element('header', {}, title, element('button', { type: 'button', class: 'button', click: () => void copy() }, 'Copy')),
    element('pre', { tabindex: 0 }, text),
    source,
  );
}
