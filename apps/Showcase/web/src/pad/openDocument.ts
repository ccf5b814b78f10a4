import { sendableUpdates } from '@codemirror/collab';
import { ChangeSet, Compartment, EditorState } from '@codemirror/state';
import { EditorView, placeholder } from '@codemirror/view';
import type { MapSubscription, Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import { randomId } from '../page/randomId';
import { Cursors, type PlacedCursor } from './model/cursors';
import { difference } from '../editor/difference';
import { ClosedWindow, isTemporary } from './model/closedWindow';
import { HeldPushes } from './model/heldPushes';
import { KeptDocuments, type KeptDocument } from './model/kept';
import type { CursorData, DocumentData, Push } from './model/messages';
import { Session, sessionExtension, textOf, type KeptSession } from './model/session';
import { padEditor } from './view/padEditor';
import { peers, peersMoved } from './view/peers';

const pushIntervalMilliseconds = 125;
const retryMilliseconds = 1000;
const cursorIntervalMilliseconds = 100;
const cursorRepeatMilliseconds = 20_000;
const userPrefix = 12;
const firstCodeOfServer = 100;

export interface DocumentListener {
  changed: () => void;
  /** The document does not exist or cannot be opened. */
  failed: (reason: string) => void;
  refused: (reason: string) => void;
}

export interface Access {
  key?: string;
  /** Whether the person wants to read alone. */
  isReader: boolean;
}

/** A document on the page: its editor, what was sent and confirmed, and the cursors of others. */
export class OpenDocument {
  readonly id: string;
  readonly parent: HTMLElement;
  view: EditorView | undefined;
  session: Session | undefined;
  cursors = new Cursors(0);
  title = '';
  isOpen = true;
  canWrite = false;
  /** The text of changes that could not be merged. */
  rest: string | undefined;

  readonly #connection: Connection;
  readonly #key: string | undefined;
  readonly #isReader: boolean;
  readonly #listener: DocumentListener;
  readonly #kept = new KeptDocuments();
  readonly #held = new HeldPushes((push) => this.#apply(push));
  readonly #closed = new Map<KeptDocument, ClosedWindow | undefined>();
  readonly #editable = new Compartment();
  readonly #channel: Subscription;
  readonly #pointers: MapSubscription;
  #user = '';
  #window: string | undefined;
  #isSendingClosed = false;
  #isSubscribed = false;
  #isPushing = false;
  #awaited = 0;
  #pushedAt = 0;
  #pushTimer: ReturnType<typeof setTimeout> | undefined;
  #isPointing = false;
  #needsText = false;

  constructor(connection: Connection, id: string, parent: HTMLElement, access: Access, listener: DocumentListener) {
    this.#connection = connection;
    this.id = id;
    this.parent = parent;
    this.#key = access.key;
    this.#isReader = access.isReader;
    this.#listener = listener;
    this.#channel = connection.client.newSubscription(`pad:${id}`, { getData: () => Promise.resolve(this.#joinData()) });
    this.#pointers = connection.client.newMapSubscription(`cursors:${id}`);
    this.#follow();
  }

  /** The number of changes without a confirmation, those of closed windows among them. */
  get unsent(): number {
    return [...this.#closed].reduce((sum, [kept, sent]) => sum + (sent?.unsent ?? kept.updates.length), this.#own);
  }

  /** Whether the browser keeps this window's changes. */
  get isKept(): boolean {
    return this.#window !== undefined;
  }

  get #own(): number {
    return this.session?.unsent ?? 0;
  }

  get #writing(): { key?: string } {
    return this.#key === undefined ? {} : { key: this.#key };
  }

  get isConnected(): boolean {
    return this.#isSubscribed && this.#connection.state === 'connected';
  }

  get user(): string {
    return this.#user;
  }

  /** Shows what the browser has kept, if anything, and subscribes. */
  async open(): Promise<void> {
    if (!this.#isReader) {
      const [kept, ...others] = await this.#kept.claim(this.id);
      this.#window = kept?.window ?? await this.#kept.newWindow();
      if (kept) {
        ({ title: this.title, isOpen: this.isOpen, canWrite: this.canWrite, rest: this.rest } = kept);
        this.#begin(kept);
      }
      this.#takeOver(others);
    }
    this.#channel.subscribe();
    this.#pointers.subscribe();
    void this.#kept.tidy();
  }

  /** Discards the text of changes that could not be merged. */
  discardRest(): void {
    this.rest = undefined;
    this.#changed();
  }

  /** Makes a text the current one, as an edit of this person. */
  restore(text: string): void {
    const { view } = this;
    if (view) view.dispatch({ changes: difference(view.state.doc, textOf(text)), userEvent: 'input.restore' });
  }

  /** The people in the document. Without a connection nobody is known to be there. */
  get people(): readonly CursorData[] {
    return this.isConnected ? this.cursors.people : [];
  }

  placed(state: EditorState): PlacedCursor[] {
    if (!this.isConnected) return [];
    const own = sendableUpdates(state).map(({ changes }) => changes.desc);
    return this.cursors.placed(own, state.doc.length, this.session?.page ?? '');
  }

  #joinData(): unknown {
    if (!this.session || this.#needsText) return this.#writing;
    return { ...this.#writing, have: this.session.version, ...(this.#own > 0 ? { unsent: true } : {}) };
  }

  #follow(): void {
    const { client } = this.#connection;
    this.#connection.countRecovered(this.#channel);
    client.on('connected', ({ data }) => {
      this.#user = (data as { user: string }).user;
      this.#renew();
    });
    this.#connection.onChange(() => this.#listener.changed());
    this.#channel.on('subscribed', ({ data }) => this.#joined(data as DocumentData));
    this.#channel.on('subscribing', () => {
      this.#isSubscribed = false;
      this.#peersMoved();
    });
    this.#channel.on('unsubscribed', ({ code, reason }) => {
      this.#isSubscribed = false;
      if (code >= firstCodeOfServer) this.#listener.failed(reason);
    });
    this.#channel.on('error', ({ error }) => {
      if (error.code >= firstCodeOfServer && !this.session) this.#listener.failed(error.message);
    });
    this.#channel.on('publication', ({ data }) => {
      if ('title' in (data as object)) this.title = (data as { title: string }).title;
      else this.#received(data as Push);
      this.#changed();
    });
    this.#pointers.on('sync', ({ entries }) => {
      this.cursors.clear();
      for (const { key, data } of entries) this.cursors.set(key, data as CursorData);
      this.#peersMoved();
      this.#pointLater();
    });
    this.#pointers.on('update', ({ key, data, removed }) => {
      if (removed) this.cursors.remove(key);
      else this.cursors.set(key, data as CursorData);
      this.#peersMoved();
    });
    setInterval(() => this.#point(), cursorRepeatMilliseconds);
  }

  #joined(data: DocumentData): void {
    this.#held.clear();
    ({ title: this.title, isOpen: this.isOpen } = data);
    this.canWrite = data.canWrite && !this.#isReader;
    const { session } = this;
    if (!session) {
      this.#begin({ page: this.#newPage(), number: 0, version: data.version, base: data.text ?? '', updates: [] });
    } else if (data.pushes) {
      for (const push of data.pushes) session.receive(push);
    } else if (data.text !== undefined && this.#own === 0 && data.version >= session.version) {
      session.jump(data.version, textOf(data.text));
    } else if (data.text !== undefined) {
      // The server cannot merge: it lacks this page's version, or no longer has the updates since.
      this.#startOver(data.version, data.text);
    }
    this.#needsText = this.session?.agrees(data.version, data.hash) === false;
    this.view?.dispatch({ effects: this.#editable.reconfigure(this.#access()) });
    this.#isSubscribed = true;
    this.#isPushing = false;
    this.#awaited = 0;
    if (this.#needsText) this.#again();
    else this.#pushLater();
    this.#pointLater();
    this.#peersMoved();
    this.#changed();
    void this.#sendClosed();
  }

  #received(push: Push): void {
    if (this.session && this.view && this.#isSubscribed) this.#held.take(push, this.view, this.session);
  }

  #apply(push: Push): void {
    if (!this.session || !this.#isSubscribed) return;
    if (!this.session.receive(push)) this.#again();
    if (this.session.version >= this.#awaited) this.#pushLater();
    this.#changed();
  }

  /** Subscribes again: the reply contains what is missing. */
  #again(): void {
    this.#channel.unsubscribe();
    this.#channel.subscribe();
  }

  #begin(kept: KeptSession): void {
    const base = textOf(kept.base);
    const state = EditorState.create({
      doc: base,
      extensions: [
        sessionExtension(kept.page, kept.version),
        padEditor((sentence) => this.#listener.refused(sentence)),
        peers((current) => this.placed(current)),
        this.#editable.of(this.#access()),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.#edited();
          if (update.docChanged || update.selectionSet) this.#pointLater();
        }),
      ],
    });
    if (this.view) this.view.setState(state);
    else this.view = new EditorView({ state, parent: this.parent });
    const people = this.cursors.entries;
    this.session = new Session(this.view, kept.page, base, kept.number);
    this.cursors = new Cursors(kept.version);
    for (const [client, cursor] of people) this.cursors.set(client, cursor);
    this.session.onReceived((page, changes) => this.cursors.received(page, changes));
    for (const json of kept.updates) this.view.dispatch({ changes: ChangeSet.fromJSON(json), filter: false });
  }

  #startOver(version: number, text: string): void {
    if (this.#own > 0) this.#keepRest(this.view?.state.doc.toString());
    this.#begin({ page: this.#newPage(), number: 0, version, base: text, updates: [] });
  }

  // Ids begin with that of the user. A browser whose key has changed sends what it kept as its new user.
  #renew(): void {
    const { session } = this;
    if (!session || session.page.startsWith(this.#user.slice(0, userPrefix))) return;
    this.#begin({ ...session.keep(), page: this.#newPage(), number: 0 });
  }

  #newPage(): string {
    return `${this.#user.slice(0, userPrefix)}-${randomId(8)}`;
  }

  #access() {
    return [
      EditorState.readOnly.of(!this.canWrite),
      EditorView.editable.of(this.canWrite),
      placeholder(this.canWrite ? 'Write here. Everybody with this document sees it at once.' : 'This document is empty.'),
    ];
  }

  #edited(): void {
    this.#pushLater();
    this.#changed();
  }

  #changed(): void {
    const { session } = this;
    if (session && this.#window !== undefined) {
      const { id: doc, title, isOpen, canWrite } = this;
      const rest = this.rest === undefined ? {} : { rest: this.rest };
      const window = this.#window;
      this.#kept.write({ ...session.keep(), doc, window, title, isOpen, canWrite, usedAt: Date.now(), ...rest });
    }
    this.#listener.changed();
  }

  #takeOver(closed: KeptDocument[]): void {
    for (const kept of closed) {
      this.#keepRest(kept.rest);
      if (kept.updates.length > 0) this.#closed.set(kept, undefined);
    }
    if (closed.length > 0) this.#changed();
    for (const kept of closed) if (kept.updates.length === 0) void this.#kept.remove(kept);
  }

  // What closed windows kept is merged by the server, and comes back as the changes of another page.
  async #sendClosed(): Promise<void> {
    if (this.#isSendingClosed || this.#isReader || !this.canWrite) return;
    this.#isSendingClosed = true;
    try {
      this.#takeOver(await this.#kept.claim(this.id));
      for (const [kept] of this.#closed) await this.#sendOne(kept);
    } catch {
      setTimeout(() => {
        if (this.isConnected) void this.#sendClosed();
      }, retryMilliseconds);
    } finally {
      this.#isSendingClosed = false;
    }
  }

  async #sendOne(kept: KeptDocument): Promise<void> {
    const page = kept.page.startsWith(this.#user.slice(0, userPrefix)) ? kept.page : this.#newPage();
    const closed = this.#closed.get(kept) ?? new ClosedWindow(kept, page);
    this.#closed.set(kept, closed);
    const { client } = this.#connection;
    this.#keepRest(await closed.send(async (method, parameters) => (
      (await client.rpc(method, { doc: this.id, ...this.#writing, ...parameters })).data as unknown)));
    this.#closed.delete(kept);
    this.#changed();
    await this.#kept.remove(kept);
  }

  #keepRest(text: string | undefined): void {
    if (text === undefined || this.rest?.includes(text)) return;
    this.rest = this.rest === undefined ? text : `${this.rest}\n\n${text}`;
  }

  #pushLater(delay = 0): void {
    if (this.#pushTimer !== undefined || this.#own === 0) return;
    const wait = Math.max(delay, this.#pushedAt + pushIntervalMilliseconds - performance.now(), 0);
    this.#pushTimer = setTimeout(() => {
      this.#pushTimer = undefined;
      void this.#push();
    }, wait);
  }

  async #push(): Promise<void> {
    const { session } = this;
    if (!session || !this.isConnected || this.#isPushing || !this.canWrite || session.version < this.#awaited) return;
    const next = session.next();
    if (!next) return;
    this.#isPushing = true;
    this.#pushedAt = performance.now();
    try {
      const sent = { doc: this.id, c: session.page, ...next, ...this.#writing };
      const { data } = await this.#connection.client.rpc('pad.push', sent);
      // The publication confirms the changes; the reply only paces the next push.
      this.#awaited = (data as { version: number }).version;
      this.#isPushing = false;
      this.#pushLater();
    } catch (error) {
      this.#isPushing = false;
      this.#failed(error as { code: number; message: string; temporary?: boolean });
    }
  }

  #failed({ code, message }: { code: number; message: string }): void {
    if (code === 409) this.#again();
    else if (isTemporary({ code })) this.#pushLater(retryMilliseconds);
    else {
      // The server refuses these changes for good: the person keeps their text beside the server's.
      this.#listener.refused(message);
      if (this.session) this.#startOver(this.session.version, this.session.base.toString());
      this.#changed();
    }
  }

  #peersMoved(): void {
    this.view?.dispatch({ effects: peersMoved.of(null) });
    this.#listener.changed();
  }

  #pointLater(): void {
    if (this.#isPointing) return;
    this.#isPointing = true;
    setTimeout(() => {
      this.#isPointing = false;
      this.#point();
    }, cursorIntervalMilliseconds);
  }

  // Positions are published in the server's text: those of the page's own changes are not part of it yet.
  #point(): void {
    const { session, view } = this;
    if (!session || !view || !this.isConnected || this.#pointers.state !== 'subscribed' || this.#user === '') return;
    const own = sendableUpdates(view.state).map(({ changes }) => changes.invertedDesc).reverse();
    const place = (at: number) => own.reduce((position, changes) => changes.mapPos(position, -1), at);
    const { anchor, head } = view.state.selection.main;
    const { page: c, version: v } = session;
    this.#pointers.publish('', { c, v, a: place(anchor), h: place(head) }).catch(() => undefined);
  }
}
