// The process in which a schedule is followed on real threads: the author's part and the threads. Whoever started it kills it
// when it does not get on, and when it has said what came of it.
import { loadScenario } from '../scenario.ts';
import { readToken } from '../engine/schedule.ts';
import { Conductor } from './conductor.ts';
import { report, type Beat } from './report.ts';
import type { FromConductor } from './replay-on-threads.ts';

const beatMs = 200;

const [, , file = '', text = ''] = process.argv;
const say = (message: FromConductor | Beat): void => report(message);

say({ kind: 'beat', done: 0, hits: 0 });
const token = readToken(text);
const scenario = loadScenario(file);
if (scenario.kind === 'unusable') say(scenario);
else if (!token || token.digest !== scenario.digest) say({ kind: 'another-text' });
else {
  const conductor = new Conductor(scenario, token);
  setInterval(() => say({ kind: 'beat', done: conductor.done, hits: 0 }), beatMs);
  const conducted = await conductor.run();
  const { threads, layout, files, digest } = scenario;
  say({ kind: 'conducted', threads, views: layout.views, files, digest, conducted });
}
