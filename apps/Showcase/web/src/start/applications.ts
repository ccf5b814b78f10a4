import type { Application } from './application';
import { board } from './board';
import { chat } from './chat';
import { comets } from './comets';
import { exchange } from './exchange';
import { judge } from './judge';
import { lab } from './lab';
import { news } from './news';
import { pad } from './pad';
import { social } from './social';
import { sports } from './sports';
import { stage } from './stage';
import { support } from './support';

/** The applications on the start page: a new one adds one entry here. */
export const applications: readonly Application[] = [
  chat, support, stage, exchange, board, sports, news, social, pad, comets, lab, judge,
];
