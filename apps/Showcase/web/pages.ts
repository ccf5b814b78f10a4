/** A page of the showcase. Its code is `src/<folder>/main.ts`, and the server maps its paths. */
export interface Page {
  /** The first segment of the page's path; empty for the start page. */
  folder: string;
  /** The folder of the code, where it differs. */
  code?: string;
  title: string;
  /** The name in the page's header. */
  name: string;
  /** One line of the header that describes what the page shows. */
  line: string;
  /** The description for search engines and link previews. */
  description: string;
}

/** The list of pages: a new application adds its folder and one entry here. */
export const pages: readonly Page[] = [
  {
    folder: '',
    code: 'start',
    title: 'Duplex',
    name: 'Showcase',
    line: 'Live WebSocket applications on this server',
    description: 'Live applications on Duplex.',
  },
  {
    folder: 'exchange',
    title: 'Exchange · Duplex',
    name: 'Exchange',
    line: 'A simulated market: every order, trade and price over one WebSocket',
    description: 'A simulated market: book, trades, chart and your own orders over one WebSocket.',
  },
  {
    folder: 'chat',
    title: 'Chat · Duplex',
    name: 'Chat',
    line: 'Rooms with history, presence and read markers; messages you write offline are sent once, when you are back',
    description: 'Rooms with history, presence, typing indicators and read markers over one WebSocket.',
  },
  {
    folder: 'lab',
    title: 'Laboratory · Duplex',
    name: 'Laboratory',
    line: 'The same events by polling, long polling, server-sent events and WebSockets, counted at the socket',
    description: 'Six ways to receive the same events, measured side by side in your browser: requests, bytes, delay and loss.',
  },
  {
    folder: 'judge',
    title: 'Judge · Duplex',
    name: 'Judge',
    line: 'Programs run in a sandbox, with every step live: and what polling would have shown of it',
    description: 'A code judge: every step of a run is pushed, and the same run is polled for comparison.',
  },
  {
    folder: 'pad',
    title: 'Documents · Duplex',
    name: 'Pad',
    line: 'One text, many writers: merged by the server, saved on its disk, written on while you are offline',
    description: 'Documents that several people edit at once over one WebSocket, with cursors, history and offline changes.',
  },
  {
    folder: 'support',
    title: 'Helpdesk · Duplex',
    name: 'Helpdesk',
    line: 'A conversation that follows you through every page; behind it a desk where one agent takes each case',
    description: 'Live customer support: a conversation that survives reloads and pages, and a shared desk for agents.',
  },
  {
    folder: 'game',
    code: 'comets',
    title: 'Comets · Duplex',
    name: 'Comets',
    line: 'A game whose server decides: your ship answers at once, and every part of the netcode has a switch',
    description: 'A real-time game over one WebSocket, with prediction, reconciliation and interpolation to switch off.',
  },
  {
    folder: 'sports',
    title: 'Matchday · Duplex',
    name: 'Matchday',
    line: 'Simulated matches, a real final as a replay, and your own: every goal, review and cancellation as it happens',
    description: 'Live scores over one WebSocket: goals, video reviews, line-ups, favourites and a scout’s desk.',
  },
  {
    folder: 'board',
    title: 'Watch board · Duplex',
    name: 'Watch board',
    line: '400 simulated instruments and three real markets: the latest price on every line, with its age',
    description: 'A watch board: 400 instruments with the age of every price, own lists, alerts, and slow lines side by side.',
  },
  {
    folder: 'webinar',
    code: 'stage',
    title: 'Stage · Duplex',
    name: 'Stage',
    line: 'Live picture and sound as messages of a WebSocket; slides, questions and polls over the hub',
    description: 'A webinar over WebSockets: picture, sound, slides that turn with them, questions with votes, polls.',
  },
  {
    folder: 'social',
    title: 'Square · Duplex',
    name: 'Square',
    line: 'Short posts: complete timelines, live counters of what is on your screen, and nothing that moves while you read',
    description: 'A social feed over one WebSocket: timelines without silent gaps, live likes, threads, notifications and trends.',
  },
  {
    folder: 'news',
    title: 'Wire · Duplex',
    name: 'Wire',
    line: 'News of your topics as it arrives; corrections and retractions reach every page that shows the story',
    description: 'A news wire over one WebSocket: topics filtered on the server, corrections, retractions, read marks and search.',
  },
  {
    folder: 'docs',
    title: 'Documentation · Duplex',
    name: 'Documentation',
    line: '',
    description: 'The documentation of Duplex.',
  },
  {
    folder: 'missing',
    title: 'No such page · Duplex',
    name: 'No such page',
    line: '',
    description: 'There is no page at this address.',
  },
];
