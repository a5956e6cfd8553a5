// The proof that the model of the loop is Node's loop, and that no drill depends on chance: runs many drills, each several
// times, and compares each run with what the model says.
//
//   npm run corpus -- --count 10000 --runs 2
//   npm run corpus -- --count 200 --runs 50 --load 8
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Drill, makeDrill } from '../../runner/drill/drill.ts';
import { levels } from '../../runner/drill/levels.ts';
import { runReally, withProgramFile } from '../../runner/drill/real-run.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    count: { type: 'string', default: '200' },
    runs: { type: 'string', default: '2' },
    jobs: { type: 'string', default: '2' },
    load: { type: 'string', default: '0' },
    node: { type: 'string', default: process.execPath },
  },
});
/** the first seed; each seed's level is the next one */
const from = Number(values.from);
const count = Number(values.count);
/** how often each drill is run */
const runs = Number(values.runs);
/** how many programs run side by side */
const jobs = Number(values.jobs);
/** how many processes keep the cores busy meanwhile */
const load = Number(values.load);

let next = from;
let programs = 0;
const wrong: string[] = [];

/** Level after level in turn. */
function drillOf(seed: number): Drill {
  return makeDrill(seed, levels[seed % levels.length] ?? 1);
}

async function work(): Promise<void> {
  while (next < from + count) {
    const drill = drillOf(next++);
    await withProgramFile({ fileName: drill.fileName, text: drill.source.text }, async (file) => {
      const expected = drill.lines.join(' ');
      for (let run = 0; run < runs; run++) {
        const { lines, problem } = await runReally(file, { env: process.env, node: values.node });
        programs++;
        if (problem === '' && lines.join(' ') === expected) continue;
        wrong.push(`${drill.seed}`);
        console.log(`seed ${drill.seed}, level ${drill.level}, run ${run + 1}\n${drill.source.text}`);
        console.log(`model: ${expected}\nNode:  ${lines.join(' ')} ${problem}\n`);
      }
    });
    const done = next - from;
    if (done % 500 === 0) console.error(`${done} drills, ${wrong.length} wrong runs`);
  }
}

/** Processes that do nothing but take time; they end with this one, however it ends. */
function makeLoad(processes: number): ChildProcess[] {
  const text = `while (process.ppid === ${process.pid}) for (let i = 0; i < 1e6; i++);`;
  return Array.from({ length: processes }, () => spawn(process.execPath, ['-e', text], { stdio: 'ignore' }));
}

const begin = performance.now();
const busy = makeLoad(load);
const endLoad = (): void => {
  for (const child of busy) child.kill('SIGKILL');
};
process.once('exit', endLoad);
if (load > 0) await sleep(500);
await Promise.all(Array.from({ length: jobs }, work));
endLoad();
const seconds = ((performance.now() - begin) / 1_000).toFixed(0);
const drills = new Set(wrong).size;
console.log(
  `${count} drills from seed ${from}, ${programs} runs${load > 0 ? ` beside ${load} busy processes` : ''}, ` +
    `${wrong.length} wrong runs of ${drills} drills, ${seconds} s`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;
