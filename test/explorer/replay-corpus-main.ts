// Every failing schedule of the corpus on real threads. Prints what differs; fails when anything does. `npm test` takes a
// part of them, continuous integration all.
import { availableParallelism } from 'node:os';
import { differenceIn, failingScenarios, foundAndReplayed } from './failing-corpus.ts';

const scenarios = failingScenarios();
const kinds = new Map<string, number>();
let wrong = 0;

async function work(): Promise<void> {
  for (let scenario = scenarios.shift(); scenario; scenario = scenarios.shift()) {
    const { name, file, kind } = scenario;
    let difference: string | undefined;
    try {
      const { replay, token } = await foundAndReplayed(file);
      difference = differenceIn(replay, kind);
      if (difference !== undefined) difference += ` (${token})`;
    } catch (error) {
      difference = String(error);
    }
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (difference === undefined) continue;
    wrong += 1;
    console.log(`${name}: ${difference}`);
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
console.log(`schedules on real threads: ${counts}; ${wrong} not the same`);
process.exitCode = wrong > 0 || kinds.size === 0 ? 1 : 0;
