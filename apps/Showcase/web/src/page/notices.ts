import { element, setText } from './element';
import { remember, remembered } from './settings';
import { toast } from './toasts';

const setting = 'notices';

/** Desktop notices, which a person switches on. They are shown only while the page is hidden. */
export class Notices {
  /** The switch; hidden where the browser or the page's address allows no notices. */
  readonly button = element('button', { type: 'button', class: 'button plain', click: () => void this.#switch() });
  // A page over plain HTTP has no notices.
  readonly #api = (globalThis as { Notification?: typeof Notification }).Notification;

  /** @param words What the notices are about, for the switch. */
  constructor(words = 'Show a notice for mentions and new messages while this tab is hidden') {
    this.button.title = words;
    this.button.hidden = !this.#api || !isSecureContext;
    this.#paint();
  }

  show(title: string, body: string, subject: string, opened: () => void): void {
    if (!this.#isOn || !this.#api || document.visibilityState === 'visible') return;
    try {
      const notice = new this.#api(title, { body, tag: subject, icon: '/favicon.svg' });
      notice.addEventListener('click', () => {
        window.focus();
        notice.close();
        opened();
      });
    } catch {
      // Browsers on phones allow notices only from a service worker.
    }
  }

  get #isOn(): boolean {
    return remembered(setting) === 'on' && this.#api?.permission === 'granted';
  }

  async #switch(): Promise<void> {
    if (this.#isOn) remember(setting, 'off');
    else if (await this.#api?.requestPermission() === 'granted') remember(setting, 'on');
    else toast('The browser blocks notices of this page. Its settings for this site allow them.', { kind: 'warn' });
    this.#paint();
  }

  #paint(): void {
    setText(this.button, this.#isOn ? 'Notices on' : 'Notices off');
    this.button.setAttribute('aria-pressed', String(this.#isOn));
  }
}
