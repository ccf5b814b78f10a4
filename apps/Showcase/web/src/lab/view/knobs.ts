import { element } from '../../page/element';
import { faultOf, type Knob, type KnobName, knobs, type Settings } from '../model/settings';
import { scenarios } from '../model/scenarios';

/** The scenarios and the knobs of a run; a scenario sets all knobs. */
export class Knobs {
  readonly root = element('fieldset', { class: 'knobs' }, element('legend', { class: 'unseen' }, 'Settings of the run'));
  readonly #selects = new Map<KnobName, HTMLSelectElement>();

  constructor(settings: Settings, changed: (settings: Settings) => void) {
    const choose = (chosen: Settings) => {
      for (const [name, select] of this.#selects) select.value = chosen[name];
      changed(chosen);
    };
    this.root.append(element(
      'div',
      { 'class': 'choices', 'role': 'group', 'aria-label': 'Scenarios' },
      ...scenarios.map((scenario) =>
        element('button', { type: 'button', class: 'button', click: () => choose(scenario.settings) }, scenario.title)),
    ));
    for (const knob of knobs) this.root.append(this.#field(knob, settings[knob.name]));
    this.root.addEventListener('change', () => changed(this.settings));
  }

  get settings(): Settings {
    return Object.fromEntries(knobs.map(({ name }) => [name, this.#selects.get(name)?.value])) as Settings;
  }

  get fault(): string {
    return faultOf(this.settings);
  }

  #field({ name, title, choices }: Knob, value: string): HTMLElement {
    const select = element(
      'select',
      { class: 'button', id: `knob-${name}` },
      ...choices.map(([known, words]) => element('option', { value: known, selected: known === value }, words)),
    );
    this.#selects.set(name, select);
    return element('span', { class: 'knob' }, element('label', { for: `knob-${name}` }, title), select);
  }
}
