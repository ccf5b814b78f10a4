const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('duplex.pages');

/** Announces this page to the other pages of this browser, and answers their announcements. */
export function announcePage(): void {
  channel?.addEventListener('message', ({ data }) => {
    if (data === 'opened') channel.postMessage('here');
  });
  channel?.postMessage('opened');
}

/** Calls a listener when another page of this browser is open. */
export function onOtherPage(listener: () => void): void {
  channel?.addEventListener('message', listener);
}
