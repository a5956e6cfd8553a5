// The process that loads demos to read their plans. Arguments: their files. Whatever they start while they are loaded ends
// with it.
import { pathToFileURL } from 'node:url';
import type { Demo } from '../timing/demo.ts';
import type { LoadedPlan } from './demo-plans.ts';

process.on('disconnect', () => process.exit());

for (const file of process.argv.slice(2)) await tell(await planOf(file));
process.exit();

async function planOf(file: string): Promise<LoadedPlan> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: Partial<Demo> };
    const plan = module.default?.plan;
    return plan ? { file, plan } : { file, problem: 'it exports no demo' };
  } catch (error) {
    return { file, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Sent, and not only on its way, when it resolves: the process ends behind the last one. */
async function tell(loaded: LoadedPlan): Promise<void> {
  await new Promise((sent) => process.send?.(loaded, sent));
}
