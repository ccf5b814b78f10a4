import { ask } from '../page/dialog';
import { element } from '../page/element';
import { plainName } from '../conversation/names';

const longestName = 32;

/** Shows a dialog for the user's display name. Returns undefined when the name is unchanged. */
export async function askName(current: string): Promise<string | undefined> {
  const field = element('input', {
    'type': 'text',
    'maxlength': longestName,
    'value': current,
    'aria-label': 'Your name',
    'autocomplete': 'nickname',
  });
  const body = [
    element('p', { class: 'muted' }, 'The name displayed to others: up to 32 characters.'),
    element('div', { class: 'field' }, field),
  ];
  const isSure = await ask({ title: 'Your name', body, confirm: 'Use this name', focus: field });
  const name = plainName(field.value);
  return isSure && name !== '' && name !== current ? name : undefined;
}
