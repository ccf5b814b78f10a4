import '../design/base.css';
import '../design/components.css';
import './lab.css';
import { accountKey } from '../connection/accountKey';
import { Connection } from '../connection/connection';
import { lineApi } from '../line/lineApi';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { painter } from '../page/painter';
import { Experiment } from './experiment';
import { labCalls } from './labCalls';
import { rows } from './model/figures';
import { keepLastRun, summaryOf } from './model/lastRun';
import { queryOf, settingsFrom } from './model/settings';
import { Controls } from './view/controls';
import { noLines } from './view/noLines';
import { notes } from './view/notes';
import { Outcome } from './view/outcome';
import { ResultTable } from './view/resultTable';
import { RefusedView } from './refused/refusedView';
import { SendingView } from './sending/sendingView';
import { StreamView } from './streams/streamView';
import { ways } from './ways/ways';
import { WireView } from './wire/view/wireView';

const connection = new Connection({ key: accountKey() });
const content = element('main', { class: 'lab' });
openPage(connection, content);
if (connection.hasLines) open();
else content.append(noLines());
connection.start();

function open(): void {
  const table = new ResultTable(ways, rows, 'What each way costs and brings');
  const outcome = new Outcome(ways);
  const experiment = new Experiment(labCalls(connection), lineApi(accountKey), ways, () => changed());
  const controls = new Controls(experiment, settingsFrom(location.search), {
    run: (settings) => void experiment.start(settings, location.hostname),
    chosen: (settings) => history.replaceState(null, '', `/lab?${queryOf(settings)}`),
  });
  const sending = new SendingView(labCalls(connection), lineApi(accountKey), () => paintReady());
  const paint = () => {
    controls.paint();
    table.paint(experiment.figures);
  };
  const changed = () => {
    const { state, problem, settings, figures } = experiment;
    if (state === 'ended' && problem === '' && settings) {
      keepLastRun(summaryOf(ways, figures));
      outcome.show(settings, figures);
    } else outcome.hide();
    if (document.hidden) experiment.pause(true);
    paintReady();
    painter.mark(paint);
  };
  // A person has one run at a time.
  const paintReady = () => {
    const isConnected = connection.state === 'connected';
    controls.setReady(isConnected && !sending.isRunning);
    sending.setReady(isConnected && experiment.state !== 'running' && experiment.state !== 'starting');
  };
  connection.onChange(paintReady);
  paintReady();
  document.addEventListener('visibilitychange', () => experiment.pause(document.hidden));
  window.addEventListener('pagehide', () => experiment.leave());
  content.append(
    controls.root,
    element('div', { 'class': 'panel scroll', 'tabindex': 0, 'role': 'region', 'aria-label': 'Results' }, table.root),
    outcome.root,
    sending.root,
    new WireView().root,
    new StreamView().root,
    new RefusedView().root,
    notes(),
  );
}
