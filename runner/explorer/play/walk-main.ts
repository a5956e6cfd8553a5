// The process in which a scenario is walked through: engine and author's checks and, by a process of its own again, the
// threads. It is told whose turns it is and tells where they lead; whoever started it kills it when it does not answer.
import { asker, stagedFiles } from '../explore-file.ts';
import { defaultOptions } from '../engine/options.ts';
import { GuestEnded, GuestProcess } from '../guest-process.ts';
import { located } from '../located.ts';
import { loadScenario } from '../scenario.ts';
import { Walk } from '../engine/walk.ts';
import type { FromWalk, ToWalk, WalkOrder } from './walk-process.ts';

const beatMs = 200;

const { file, isRaceTheEnd } = JSON.parse(process.argv[2] ?? '') as WalkOrder;
const say = (message: FromWalk): void => void process.send?.(message);

// Nobody is there any more who walks.
process.on('disconnect', () => process.exit());
setInterval(() => say({ kind: 'beat' }), beatMs);

const scenario = loadScenario(file);
if (scenario.kind === 'unusable') say(scenario);
else {
  const staged = stagedFiles(scenario.files);
  const where = (name: string): string => staged.origins.get(name) ?? name;
  const guest = new GuestProcess(staged.files, staged.names.get(file) ?? '');
  await orEnded(async () => {
    const opened = await guest.open();
    if (opened.kind === 'refusal') {
      say({ kind: 'unusable', reason: opened.reason, file: where(opened.file), line: opened.line });
      return;
    }
    const walk = await Walk.begin(
      {
        ask: Array.from({ length: scenario.threads }, (_, thread) => asker(guest, scenario, thread)),
        bytes: scenario.bytes,
        checks: scenario.checks,
        options: defaultOptions,
      },
      isRaceTheEnd,
    );
    process.on('message', ({ turns }: ToWalk) => {
      void orEnded(async () => say({ kind: 'at', where: located(await walk.at(turns), where) }));
    });
    say({ kind: 'open' });
  });
}

async function orEnded(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof GuestEnded)) throw error;
    say({ kind: 'guest-ended', ending: error.ending });
  }
}
