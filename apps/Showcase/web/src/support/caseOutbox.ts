import type { Connection } from '../connection/connection';
import { keptOutbox } from '../conversation/keptOutbox';
import type { Message, Pending } from '../conversation/message';
import type { Outbox } from '../conversation/outbox';
import type { SupportCase } from './model/supportCase';

/** The room of a question that has no case yet. */
export const newCase = 'new';

/** The room of the notes of a case. */
export function notesOf(id: string): string {
  return `notes:${id}`;
}

export interface CaseOutboxListener {
  /** Returns the sentence that the visitor has agreed to send with a question. */
  context(): string | undefined;
  opened(opened: SupportCase): void;
  delivered(message: Message): void;
  changed(): void;
}

/** Creates the helpdesk's outbox. It sends questions, messages and notes, after a reconnect and a reload too. */
export function caseOutbox(connection: Connection, listener: CaseOutboxListener): Outbox {
  const send = async ({ room, clientId, text }: Pending): Promise<Message> => {
    if (room === newCase) {
      const context = listener.context();
      const question = { clientId, text, page: location.pathname, ...(context === undefined ? {} : { context }) };
      const { data } = await connection.client.rpc('case.open', question);
      const opened = data as { case: SupportCase; message: Message };
      // What was written after the question, before it had its case, belongs to that case.
      outbox.move(newCase, opened.case.case);
      listener.opened(opened.case);
      return opened.message;
    }
    const isNote = room.startsWith(notesOf(''));
    const id = isNote ? room.slice(notesOf('').length) : room;
    const { data } = await connection.client.rpc(isNote ? 'case.note' : 'case.send', { case: id, clientId, text });
    return (data as { message: Message }).message;
  };
  const outbox = keptOutbox(
    'support-outbox.',
    connection,
    send,
    (message) => listener.delivered(message),
    () => listener.changed(),
  );
  return outbox;
}
