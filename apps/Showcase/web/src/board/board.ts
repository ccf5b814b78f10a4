import { ask } from '../page/dialog';
import { element, setText } from '../page/element';
import { painter } from '../page/painter';
import { randomId } from '../page/randomId';
import { remember, remembered } from '../page/settings';
import { toast } from '../page/toasts';
import { ExchangeMarkets, pastOfMarket } from './exchangeMarkets';
import { Feed, paces } from './feed';
import { lateMilliseconds } from './model/age';
import type { BoardInfo, PastPrices, Quote, WatchMessage } from './model/messages';
import { exchangeSector, select, type Selection, selectionOf, selectionText } from './model/selection';
import { QuoteTable, type Row } from './model/table';
import { Watched } from './model/watched';
import { attempt, call, connection } from './server';
import { AlertsPanel, firedSentence } from './view/alertsPanel';
import { Detail } from './view/detail';
import { TableView } from './view/tableView';
import { Toolbar } from './view/toolbar';

const tickMilliseconds = 1000;
const dayMilliseconds = 86_400_000;
const rowPoints = 24;
const detailPoints = 240;
const idBytes = 12;
const maxName = 40;

/** The board: the table with the panels beside it, and the subscriptions that fill them. */
export class Board {
  readonly root: HTMLElement;
  readonly side: HTMLElement;
  readonly table = new QuoteTable();
  readonly view: TableView;
  readonly toolbar: Toolbar;
  readonly detail: Detail;

  readonly #opened: () => void;
  readonly #feed: Feed;
  readonly watched: Watched;
  readonly #alerts: AlertsPanel;
  readonly #foot = element('footer', {}, '');
  readonly #note = element('span', { class: 'muted' });
  readonly #drawDetail = () => this.#paintDetail();
  #selection: Selection = selectionOf(remembered('board-rows') ?? 'all');
  #search = '';
  #isWatching = false;

  /** Creates the board; `opened` is called when there is something to show. */
  constructor(opened: () => void) {
    this.#opened = opened;
    const take = (quotes: readonly Quote[], isPublished: boolean) => this.#take(quotes, isPublished);
    this.#feed = new Feed(connection, take, new ExchangeMarkets(connection, this.table, take));
    this.#feed.pace = paces.find(({ id }) => id === remembered('board-pace')) ?? paces[0];
    this.watched = new Watched(call, () => this.#watchedChanged(), (alert) => {
      toast(firedSentence(alert), { kind: 'good', subject: `alert-${alert.id}`, isLasting: true });
    });
    this.view = new TableView({
      ageOf: (time) => connection.ageOf(time),
      lateAfter: () => this.#feed.pace.delay + lateMilliseconds,
      past: (symbols) => this.#past(symbols, rowPoints),
      chose: (row) => this.#chose(row),
      opened: (row) => this.#openedRow(row),
    });
    this.detail = new Detail(this.watched, (symbol) => void this.#newList([symbol]));
    this.#alerts = new AlertsPanel(this.watched, (symbol) => this.#reveal(symbol));
    this.toolbar = new Toolbar({
      select: (selection) => this.#select(selection),
      search: (text) => {
        this.#search = text.trim().toLowerCase();
        this.#show();
      },
      setPace: (pace) => {
        this.#feed.pace = pace;
        remember('board-pace', pace.id);
        this.#show();
      },
      setPaused: (isPaused) => {
        this.#feed.isPaused = isPaused;
        this.#show();
      },
      newList: () => void this.#newList([]),
      renameList: (id) => void this.#renameList(id),
      removeList: (id) => void this.#removeList(id),
    }, this.#feed.pace);
    this.root = element(
      'section',
      { 'class': 'panel prices', 'aria-label': 'Prices' },
      this.toolbar.root,
      this.view.root,
      this.#foot,
    );
    this.side = element('div', { class: 'side' }, this.detail.root, this.#alerts.root);
    this.#foot.append(element('span', { class: 'counts number' }), this.#note);
    connection.client.on('connected', ({ data }) => void this.#connected((data as { user: string }).user));
    setInterval(() => this.#tick(), tickMilliseconds);
  }

  /** The page shows the board. */
  opened(): void {
    this.#show();
    this.#alerts.paint();
  }

  async #connected(user: string): Promise<void> {
    this.#watch(user);
    await this.#list();
  }

  /** Loads the instruments, and their opening prices, until that succeeds or the connection is lost. */
  async #list(): Promise<void> {
    while (connection.state === 'connected') {
      try {
        this.table.list((await call('board.info', {})) as BoardInfo);
        this.#opened();
        this.#show();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, tickMilliseconds));
      }
    }
  }

  // The user is known after the first connect.
  #watch(user: string): void {
    if (this.#isWatching || user === '') return;
    this.#isWatching = true;
    const subscription = connection.client.newSubscription(`board-user:#${user}`);
    subscription.on('subscribed', ({ data }) => this.watched.take(data as WatchMessage));
    subscription.on('publication', ({ data }) => this.watched.take(data as WatchMessage));
    subscription.subscribe();
  }

  #take(quotes: readonly Quote[], isPublished: boolean): void {
    for (const quote of quotes) {
      const row = this.table.take(quote, isPublished);
      if (!row) continue;
      this.view.changed(row);
      if (row === this.detail.row) painter.mark(this.#drawDetail, false);
    }
  }

  #rows(): Row[] {
    const rows = select(this.#selection, this.table.rows.values(), this.watched.lists);
    const wanted = this.#search;
    return wanted === '' ? rows : rows.filter(({ symbol, name }) => `${symbol} ${name}`.toLowerCase().includes(wanted));
  }

  /** Shows the rows of the selection and subscribes to them; a search changes neither the filter nor the rate. */
  #show(): void {
    if (this.table.session === 0) return;
    const rows = this.#rows();
    const isList = this.#selection.kind === 'list';
    const none = this.#search !== ''
      ? 'No instrument matches: change the search or choose all instruments.'
      : isList ? 'This list is empty: choose another instrument and press the list’s name beside it.' : 'No instruments.';
    this.view.show(rows, none);
    this.#feed.want(this.#selection, select(this.#selection, this.table.rows.values(), this.watched.lists));
    this.#paintToolbar();
    this.#paintFoot();
  }

  #select(selection: Selection): void {
    this.#selection = selection;
    remember('board-rows', selectionText(selection));
    this.#show();
  }

  #paintToolbar(): void {
    const sectors = new Set([...this.table.rows.values()].map(({ sector }) => sector));
    sectors.delete(exchangeSector);
    this.toolbar.paint(this.#selection, [...sectors], this.watched.lists.values());
  }

  #watchedChanged(): void {
    // The list may have been removed in another window.
    if (this.#selection.kind === 'list' && !this.watched.lists.has(this.#selection.id)) this.#selection = { kind: 'all' };
    this.#show();
    this.detail.paintLists();
    this.#alerts.paint();
  }

  #chose(row: Row): void {
    this.detail.show(row);
    this.#paintDetail();
    void this.#loadPast(row);
  }

  async #loadPast(row: Row): Promise<void> {
    try {
      const prices = await this.#past([row.symbol], detailPoints / 2);
      this.detail.takePast(row.symbol, prices[row.symbol] ?? []);
    } catch {
      // The connection was lost: the session is loaded with the next choice.
    }
  }

  #openedRow(row: Row): void {
    if (row.sector === exchangeSector) location.assign(`/exchange/${row.symbol}`);
    else this.detail.focus();
  }

  #reveal(symbol: string): void {
    if (!this.#rows().some((row) => row.symbol === symbol)) {
      this.#search = '';
      this.toolbar.searchField.value = '';
      this.#select({ kind: 'all' });
    }
    this.view.choose(symbol);
    this.view.focus();
  }

  #paintDetail(): void {
    const { row } = this.detail;
    if (row) this.detail.draw(row.time === 0 ? undefined : connection.ageOf(row.time));
  }

  async #past(symbols: readonly string[], points: number): Promise<PastPrices['prices']> {
    const isOfExchange = (symbol: string) => this.table.rows.get(symbol)?.sector === exchangeSector;
    const [ofExchange, others] = [symbols.filter(isOfExchange), symbols.filter((symbol) => !isOfExchange(symbol))];
    const candles = Promise.all(ofExchange.map(async (symbol) => [symbol, await pastOfMarket(symbol)] as const));
    const past = others.length === 0 ? {} : ((await call('board.past', { symbols: others, points })) as PastPrices).prices;
    return { ...past, ...Object.fromEntries(await candles) };
  }

  #tick(): void {
    this.table.tick();
    this.view.tick();
    this.#paintDetail();
    void this.#feed.countSkipped().then(() => this.#paintFoot());
    // At 00:00 UTC the next session begins with opening prices of its own.
    const age = this.table.session === 0 ? undefined : connection.ageOf(this.table.session);
    if (age !== undefined && age >= dayMilliseconds) void this.#list();
  }

  #paintFoot(): void {
    const [counts] = this.#foot.children;
    if (counts)
      setText(counts, this.#feed.isPaused
        ? 'Paused: nothing is received.'
        : `${this.table.lastSecond} prices a second · ${this.#feed.skipped.toLocaleString('en')} skipped in favour of newer ones`);
    setText(this.#note, this.view.isHeld
      ? 'The order waits while you are at the table.'
      : 'Simulated instruments, and the three markets of the exchange.');
  }

  async #newList(symbols: readonly string[]): Promise<void> {
    const name = await askName('New list', 'Create', '');
    if (name === undefined) return;
    const id = randomId(idBytes);
    if (await attempt(this.watched.save(id, (list) => ({ ...list, name, symbols })))) this.#select({ kind: 'list', id });
  }

  async #renameList(id: string): Promise<void> {
    const list = this.watched.lists.get(id);
    const name = list && await askName('Rename the list', 'Rename', list.name);
    if (name !== undefined) await attempt(this.watched.save(id, (newer) => ({ ...newer, name })));
  }

  async #removeList(id: string): Promise<void> {
    const list = this.watched.lists.get(id);
    if (!list) return;
    const question = { title: `Remove “${list.name}”?`, body: [element('p', {}, 'It is removed from all your windows.')], confirm: 'Remove', confirmClass: 'danger' };
    if (await ask(question)) await attempt(this.watched.removeList(id));
  }
}

async function askName(title: string, confirm: string, value: string): Promise<string | undefined> {
  const input = element('input', { 'aria-label': 'Name of the list', 'maxlength': maxName, 'required': true, value });
  const isConfirmed = await ask({ title, body: [element('div', { class: 'field' }, input)], confirm, focus: input });
  const name = input.value.trim();
  return isConfirmed && name !== '' ? name : undefined;
}
