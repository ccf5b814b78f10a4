import { element } from '../../page/element';

/** Creates the notice for pages that no line can carry: the laboratory counts bytes on lines. */
export function noLines(): HTMLElement {
  const port = location.port === '' ? '' : `:${location.port}`;
  return element(
    'p',
    { class: 'notice whole' },
    element('strong', {}, 'The laboratory works on the server’s own machine'),
    element('span', {}, `It counts bytes on forwarders that listen on loopback only. Run the showcase yourself with ./run and open http://localhost${port}/lab.`),
  );
}
