import '../design/base.css';
import '../design/components.css';
import { element } from '../page/element';
import { pages } from '../../pages';

const links = pages.filter(({ folder }) => folder !== '' && folder !== 'missing').map(({ folder, name }) =>
  element('a', { class: 'button', href: `/${folder}` }, name));

document.querySelector('main')?.replaceChildren(
  element(
    'p',
    { class: 'notice whole' },
    element('strong', {}, `There is no page at ${decodeURIComponent(location.pathname)}`),
    element('span', {}, 'Choose one of these:'),
    element('span', { class: 'choices' }, element('a', { class: 'button', href: '/' }, 'Start'), ...links),
  ),
);
