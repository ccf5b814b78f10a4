/** What a person reads about the whereabouts of their changes. */
export interface SavedState {
  kind: 'saved' | 'saving' | 'waiting' | 'reading';
  text: string;
}

export interface Facts {
  canWrite: boolean;
  isConnected: boolean;
  /** Own changes without a confirmation. */
  unsent: number;
  /** Whether this window keeps its changes in the browser. */
  isKept: boolean;
}

/** Returns the sentence about the changes. "Saved" means that they are on the server's disk. */
export function savedState({ canWrite, isConnected, unsent, isKept }: Facts): SavedState {
  const count = `${unsent} ${unsent === 1 ? 'change' : 'changes'}`;
  if (unsent > 0 && isConnected) return { kind: 'saving', text: `Saving ${count}…` };
  if (unsent > 0) {
    const where = isKept ? 'kept in this browser' : 'kept while this window is open';
    return { kind: 'waiting', text: `${count} to be sent, ${where}` };
  }
  if (!canWrite) return { kind: 'reading', text: 'You can read this document' };
  return isConnected
    ? { kind: 'saved', text: 'All changes saved' }
    : { kind: 'waiting', text: 'Not connected: go on writing' };
}
