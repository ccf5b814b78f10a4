import { element, setText } from '../../page/element';

/** A thing to try. It is ticked when it is done; `result` is one sentence about what happened. */
export interface Step {
  readonly root: HTMLElement;
  tick(): void;
  /** Shows the sentence; one that changes each second is not announced. */
  report(words: string, isAnnounced?: boolean): void;
}

/** Creates a step with its instruction. */
export function step(...instruction: (Node | string)[]): Step {
  const done = element('span', { class: 'unseen', role: 'status' });
  const result = element('span', { class: 'result muted number', role: 'status' });
  const root = element('li', {}, element('div', {}, element('span', {}, ...instruction), done, result));
  return {
    root,
    tick: () => {
      root.dataset.done = 'yes';
      setText(done, ' (done)');
    },
    report: (words, isAnnounced = true) => {
      result.ariaLive = isAnnounced ? 'polite' : 'off';
      setText(result, words);
    },
  };
}
