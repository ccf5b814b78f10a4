/** A prepared reply of the agents. */
export interface CannedReply {
  title: string;
  text: string;
}

export const cannedReplies: readonly CannedReply[] = [
  { title: 'Greeting', text: 'Hello, and thank you for writing. I am looking at your question now.' },
  { title: 'More detail', text: 'Which page were you on, and what did you expect to happen?' },
  { title: 'Reload', text: 'Please reload the page. This conversation stays here, and so does everything that you wrote.' },
  { title: 'Wire panel', text: 'Please press w and send me the last lines of the panel: they contain every frame and its delay.' },
  { title: 'Goodbye', text: 'I am glad that it works. I close the conversation; a further message opens it again.' },
];
