import { describe, expect, test } from 'vitest';
import { deskNews } from '../src/support/model/deskNews';
import { browserOf, contextWords, deskWords, newer, queued, reportWords, shownCase, spanWords, type SupportCase, waitWords } from '../src/support/model/supportCase';

function caseOf(id: string, more: Partial<SupportCase> = {}): SupportCase {
  return {
    case: id, user: 'ada', name: 'Ada', page: '/chat', opened: 0, state: 'waiting', since: 0, last: '', lastId: 1, unread: 1, revision: 1, ...more,
  };
}

describe('cases', () => {
  test('the queue begins with the visitor who has waited longest, and taken cases follow', () => {
    const cases = [
      caseOf('taken', { state: 'taken', since: 1 }),
      caseOf('young', { since: 9 }),
      caseOf('closed', { state: 'closed', since: 0 }),
      caseOf('old', { since: 2 }),
    ];
    expect(queued(cases).map(({ case: id }) => id)).toEqual(['old', 'young', 'taken']);
  });

  test('an older state never replaces a newer one', () => {
    const known = caseOf('a', { revision: 5, state: 'taken' });
    expect(newer(known, caseOf('a', { revision: 4 }))).toBe(known);
    expect(newer(known, caseOf('a', { revision: 6, state: 'closed' })).state).toBe('closed');
  });

  test('a visitor sees the chosen case, else the latest that is open, else the latest', () => {
    const cases = [
      caseOf('first', { opened: 1 }),
      caseOf('second', { opened: 2, state: 'closed' }),
    ];
    expect(shownCase(cases, 'second')?.case).toBe('second');
    expect(shownCase(cases, undefined)?.case).toBe('first');
    expect(shownCase(cases.slice(1), undefined)?.case).toBe('second');
    expect(shownCase([], undefined)).toBeUndefined();
  });
});

describe('news of the desk', () => {
  const waiting = caseOf('a', { last: 'Help' });
  const mine = caseOf('a', { state: 'taken', agent: 'bob', revision: 2, last: 'Help' });

  test('a question that begins to wait is news for every agent, once', () => {
    expect(deskNews(undefined, waiting, 'bob')).toEqual({ title: 'Ada is waiting', text: 'Help' });
    expect(deskNews(mine, { ...waiting, revision: 3 }, 'carol')?.title).toBe('Ada is waiting');
    expect(deskNews(waiting, { ...waiting, revision: 2, unread: 2 }, 'bob')).toBeUndefined();
    expect(deskNews(waiting, waiting, 'bob')).toBeUndefined();
  });

  test('a message of the visitor is news for the agent who has the case, and for no other', () => {
    const more = { ...mine, revision: 3, unread: 2, last: 'More' };
    expect(deskNews(mine, more, 'bob')).toEqual({ title: 'Ada', text: 'More' });
    expect(deskNews(mine, more, 'carol')).toBeUndefined();
    expect(deskNews(mine, { ...mine, revision: 3, unread: 0 }, 'bob')).toBeUndefined();
  });

  test('a case that was handed over is news for the agent who has it now', () => {
    expect(deskNews(mine, { ...mine, agent: 'carol', revision: 3 }, 'carol')?.title).toBe('You have the case of Ada now');
    expect(deskNews(mine, { ...mine, agent: 'carol', revision: 3 }, 'bob')).toBeUndefined();
  });

  test('a case that the agent takes is no news', () => {
    expect(deskNews(waiting, mine, 'bob')).toBeUndefined();
  });
});

describe('words', () => {
  test.each([[0, '0:00'], [40_999, '0:40'], [725_000, '12:05'], [3_723_000, '1:02:03'], [-5, '0:00']])('%i ms are %s', (span, words) => {
    expect(spanWords(span)).toBe(words);
  });

  test('the desk is described by who is there and how long visitors wait', () => {
    expect(deskWords({ agents: 0, waiting: 1, hasKey: false })).toContain('Nobody is at the desk');
    expect(deskWords({ agents: 2, waiting: 1, wait: 40, hasKey: false })).toBe('2 agents are at the desk. The usual wait is 0:40.');
  });

  test('the report of a page names the browser, the round trip and the reconnects', () => {
    expect(contextWords('curl', 12.4, 1)).toBe('another browser, round trip 12 ms, 1 reconnect');
    expect(contextWords('curl', undefined, 0)).toBe('another browser, round trip unknown, 0 reconnects');
  });

  test('the desk names the page of each window that reports', () => {
    const reports = [{ page: '/chat', context: 'Chrome 131' }, { page: '/lab', context: 'Chrome 131' }];
    expect(reportWords(reports)).toBe('on /chat: Chrome 131 · on /lab: Chrome 131');
    expect(reportWords([])).toBe('');
  });

  test('a visitor reads how long others have waited lately', () => {
    expect(waitWords({ agents: 0, waiting: 1, wait: 40, hasKey: false })).toContain('automatic helper');
    expect(waitWords({ agents: 1, waiting: 1, hasKey: false })).toBe('No agent has taken a question yet.');
    expect(waitWords({ agents: 1, waiting: 1, wait: 40, hasKey: false })).toBe('The usual wait is 0:40.');
  });

  test('a browser is named without its details', () => {
    expect(browserOf('Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36')).toBe('Chrome 131');
    expect(browserOf('Mozilla/5.0 (X11; rv:133.0) Gecko/20100101 Firefox/133.0')).toBe('Firefox 133');
    expect(browserOf('curl')).toBe('another browser');
  });
});
