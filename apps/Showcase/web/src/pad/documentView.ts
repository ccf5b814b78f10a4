import type { Connection } from '../connection/connection';
import { avatar } from '../conversation/avatar';
import { plainName } from '../conversation/names';
import { copyText } from '../page/copyText';
import { ask } from '../page/dialog';
import { element, setData, setText } from '../page/element';
import { markdown } from '../page/markdown';
import { showMenu, type MenuItem } from '../page/menu';
import { painter } from '../page/painter';
import { toast } from '../page/toasts';
import { savedState } from './model/savedState';
import { OpenDocument, type Access } from './openDocument';
import { HistoryPanel } from './view/historyPanel';

const previewMilliseconds = 150;

/** A document on the page, with its bar, its history and its preview. */
export class DocumentView {
  readonly root: HTMLElement;
  readonly document: OpenDocument;
  readonly #connection: Connection;
  readonly #key: string | undefined;
  readonly #title = element(
    'button',
    { type: 'button', class: 'button plain title', title: 'Rename the document', click: () => void this.#rename() },
  );

  readonly #saved = element('p', { class: 'saved' });
  readonly #announced = element('span', { class: 'unseen', role: 'status' });
  readonly #people = element('div', { 'class': 'people', 'role': 'group', 'aria-label': 'People in this document' });
  readonly #text = element('div', { class: 'text' });
  readonly #preview = element('article', { 'class': 'preview', 'aria-label': 'Preview', 'hidden': true });
  readonly #rest = element(
    'section',
    { 'class': 'rest', 'aria-label': 'Your changes that were not merged', 'hidden': true },
  );

  readonly #history: HistoryPanel;
  readonly #historyButton = this.#toggle('History', () => void this.#switchHistory());
  readonly #previewButton = this.#toggle('Preview', () => this.#switchPreview());
  readonly #share = element(
    'button',
    { 'type': 'button', 'class': 'button', 'aria-haspopup': 'menu', 'click': () => this.#showLinks() },
    'Share',
  );

  #followed: string | undefined;
  #isPreviewing = false;
  #wasKind = '';
  #listener: () => void = () => undefined;

  constructor(connection: Connection, id: string, access: Access, failed: (reason: string) => void) {
    this.#connection = connection;
    this.#key = access.key;
    this.document = new OpenDocument(connection, id, this.#text, access, {
      changed: () => {
        this.#listener();
        painter.mark(this.#paint);
      },
      failed,
      refused: (reason) => toast(reason, { kind: 'bad', subject: 'pad' }),
    });
    this.#history = new HistoryPanel(connection, id, ({ text }) => {
      this.document.restore(text.toString());
      void this.#switchHistory();
      toast('The version is the current text again. Undo takes it back.', { subject: 'pad' });
    });
    this.root = element(
      'section',
      { class: 'panel document' },
      element(
        'header',
        {},
        element('a', { class: 'button plain', href: '/pad' }, '‹ Documents'),
        this.#title,
        this.#saved,
        this.#announced,
        this.#people,
        element('div', { class: 'tools' }, this.#historyButton, this.#previewButton, this.#share),
      ),
      this.#rest,
      element('div', { class: 'columns' }, this.#text, this.#preview, this.#history.root),
    );
    for (const type of ['keydown', 'pointerdown', 'wheel'])
      this.#text.addEventListener(type, () => this.#follow(undefined), { passive: true });
    window.addEventListener('beforeunload', (event) => {
      if (this.document.unsent > 0 && !this.document.isKept) event.preventDefault();
    });
  }

  /** Calls a listener whenever the document has changed. */
  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  async open(): Promise<void> {
    await this.document.open();
    painter.mark(this.#paint);
  }

  #toggle(name: string, click: () => void): HTMLButtonElement {
    return element('button', { 'type': 'button', 'class': 'button', 'aria-pressed': 'false', 'click': click }, name);
  }

  readonly #paint = (): void => {
    const { document: open } = this;
    const { canWrite, isConnected, unsent, isKept } = open;
    const state = savedState({ canWrite, isConnected, unsent, isKept });
    setText(this.#saved, open.session ? state.text : '');
    setData(this.#saved, 'kind', state.kind);
    // Every keystroke passes through "saving": only a lasting state is announced.
    if (state.kind !== this.#wasKind && state.kind !== 'saving' && this.#wasKind !== '') setText(this.#announced, state.text);
    if (state.kind !== 'saving') this.#wasKind = state.kind;
    setText(this.#title, open.title);
    this.#title.disabled = !open.canWrite || open.id === 'welcome';
    this.#paintPeople();
    this.#paintRest();
    this.#previewLater();
    if (this.#followed !== undefined) this.#showFollowed();
  };

  #paintPeople(): void {
    const { session, people: present, user } = this.document;
    const others = present.filter(({ c }) => c !== session?.page);
    const people = new Map(others.map((cursor) => [cursor.user, cursor.name]));
    const shown = [...people].filter(([id]) => id !== user).sort(([, a], [, b]) => a.localeCompare(b));
    const key = JSON.stringify([shown, this.#followed]);
    if (this.#people.dataset.key === key) return;
    this.#people.dataset.key = key;
    this.#people.replaceChildren(...shown.map(([id, name]) => element(
      'button',
      {
        'type': 'button',
        'class': 'button plain person',
        'aria-pressed': String(this.#followed === id),
        'title': `Follow ${name}`,
        'click': () => this.#follow(this.#followed === id ? undefined : id),
      },
      avatar(id, plainName(name)),
      element('bdi', {}, name),
    )));
  }

  #paintRest(): void {
    const { rest } = this.document;
    this.#rest.hidden = rest === undefined;
    if (rest === undefined || this.#rest.dataset.text === rest) return;
    this.#rest.dataset.text = rest;
    this.#rest.replaceChildren(
      element('p', {}, element('strong', {}, 'Your text could not be merged.'), ' The server no longer has the version that you changed. This is your text; copy what is missing.'),
      element('textarea', { 'readonly': true, 'rows': 6, 'aria-label': 'Your text' }, rest),
      element('button', { type: 'button', class: 'button', click: () => void copyText(rest) }, 'Copy'),
      element('button', { type: 'button', class: 'button plain', click: () => this.document.discardRest() }, 'Discard'),
    );
  }

  #follow(user: string | undefined): void {
    if (this.#followed === user) return;
    this.#followed = user;
    painter.mark(this.#paint);
  }

  #showFollowed(): void {
    const { view } = this.document;
    const cursor = view && this.document.placed(view.state).find(({ user }) => user === this.#followed);
    if (!view || !cursor) return;
    const at = view.coordsAtPos(cursor.head);
    const area = view.scrollDOM.getBoundingClientRect();
    if (at && at.top >= area.top && at.bottom <= area.bottom) return;
    const block = view.lineBlockAt(cursor.head);
    view.scrollDOM.scrollTop = block.top - area.height / 3;
  }

  async #switchHistory(): Promise<void> {
    const isOpen = this.#history.root.hidden;
    this.#historyButton.setAttribute('aria-pressed', String(isOpen));
    this.#text.hidden = isOpen;
    if (isOpen) await this.#history.open(this.document.canWrite);
    else {
      this.#history.close();
      this.document.view?.requestMeasure();
      this.document.view?.focus();
    }
  }

  #switchPreview(): void {
    const isOpen = this.#preview.hidden;
    this.#preview.hidden = !isOpen;
    this.#previewButton.setAttribute('aria-pressed', String(isOpen));
    this.#paintPreview();
  }

  #previewLater(): void {
    if (this.#preview.hidden || this.#isPreviewing) return;
    this.#isPreviewing = true;
    setTimeout(() => {
      this.#isPreviewing = false;
      this.#paintPreview();
    }, previewMilliseconds);
  }

  #paintPreview(): void {
    if (this.#preview.hidden) return;
    this.#preview.replaceChildren(...markdown(this.document.view?.state.doc.toString() ?? ''));
  }

  async #rename(): Promise<void> {
    const field = element('input', { 'type': 'text', 'maxlength': 80, 'value': this.document.title, 'aria-label': 'Title' });
    const isChosen = await ask({ title: 'Rename the document', body: [element('label', { class: 'field' }, field)], confirm: 'Rename', focus: field });
    if (!isChosen) return;
    try {
      const access = this.#key === undefined ? {} : { key: this.#key };
      await this.#connection.client.rpc('pad.rename', { doc: this.document.id, title: field.value, ...access });
    } catch (error) {
      toast((error as Error).message, { kind: 'bad', subject: 'pad' });
    }
  }

  #showLinks(): void {
    const address = `${location.origin}/pad/${this.document.id}`;
    const copy = (label: string, link: string): MenuItem => ({ label, run: () => void copyLink(link) });
    const write = this.document.isOpen ? address : `${address}#${this.#key ?? ''}`;
    const links = [copy('Copy the link to read', this.document.isOpen ? `${address}?read` : address)];
    if (this.document.canWrite) links.unshift(copy('Copy the link to write', write));
    links.push({ label: 'Open as plain text', run: () => void open(`/pad/${this.document.id}.txt`, '_blank', 'noopener') });
    showMenu(this.#share, links, () => this.#share.focus());
  }
}

async function copyLink(link: string): Promise<void> {
  await copyText(link);
  toast('The link is copied.', { subject: 'pad' });
}
