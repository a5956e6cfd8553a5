// Explores a scenario without any process of its own: threads run in a realm of this one. For programs that are known to
// come back, of which there are many.
import { exploreThreads } from '../../runner/explorer/engine/explore.ts';
import { defaultOptions, type Options } from '../../runner/explorer/engine/options.ts';
import { Guest } from '../../runner/explorer/guest/guest.ts';
import type { Heard } from '../../runner/explorer/guest/replay.ts';
import { loadScenario } from '../../runner/explorer/scenario.ts';
import type { Exploration } from '../../runner/explorer/engine/verdict.ts';

/** @param file absolute */
export async function exploreHere(file: string, options: Partial<Options> = {}): Promise<Exploration> {
  const scenario = loadScenario(file);
  if (scenario.kind === 'unusable') throw new Error(`${file}: ${scenario.reason}`);
  const guest = new Guest(file);
  const opened = guest.open();
  if (opened.kind === 'thrown') throw new Error(`${file}: ${JSON.stringify(opened.answer.value)}`);
  if (opened.kind === 'refusal') return { ...opened, kind: 'unsupported' };
  return exploreThreads({
    ask: Array.from({ length: scenario.threads }, (_, thread) => {
      const beginning: Heard[] = [
        { kind: 'call', demand: ['get', 0, 'thread'], args: [] },
        { kind: 'call', demand: ['apply', 1], args: [undefined, thread, scenario.shared] },
      ];
      return async ({ results, ahead, ...rest }) =>
        guest.advance({
          heard: [...beginning, ...results],
          ...rest,
          // Over a wire it would be a copy.
          ...(ahead && { ahead: { ...ahead, memory: ahead.memory.slice() } }),
        });
    }),
    bytes: scenario.bytes,
    checks: scenario.checks,
    options: { ...defaultOptions, ...options },
  });
}
