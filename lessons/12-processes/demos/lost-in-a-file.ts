// Two processes add to the number in one file, without a lock and with one. Without it both have read before either
// writes for the first time, so that one addition at the least is lost whatever else the machine does.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo } from 'interleave/kit/demo';

const additions = 100;

export default demo({
  title: `Two processes, one file, ${2 * additions} additions`,
  setup: () => {
    const folder = mkdtempSync(join(tmpdir(), 'interleave-file-'));
    return { folder, children: [startProcess(folder), startProcess(folder)] as const };
  },
  variants: {
    'lost without a lock': {
      unit: 'additions',
      run: async ({ folder, children }) => await lost(folder, children, false),
      check: (lost: number) => lost >= 1 && lost <= 2 * additions,
    },
    'lost with a lock': {
      unit: 'additions',
      run: async ({ folder, children }) => await lost(folder, children, true),
      check: (lost: number) => lost === 0,
    },
  },
  claims: [
    {
      claim: 'F12',
      says: 'Processes have no conflicts over resources: here, no addition is lost.',
      variant: 'lost without a lock',
      holds: [-1, 0.5],
    },
  ],
  teardown: ({ folder, children }) => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  },
});

function startProcess(folder: string): ChildProcess {
  return fork(new URL('./lost-in-a-file.child.mjs', import.meta.url), [folder, String(additions)], { execArgv: [] });
}

async function lost(folder: string, children: readonly ChildProcess[], isLocked: boolean): Promise<number> {
  const file = join(folder, 'number');
  writeFileSync(file, '0');
  await Promise.all(children.map((child) => ask(child, isLocked ? 'add under the lock' : 'read')));
  if (!isLocked) await Promise.all(children.map((child) => ask(child, 'add')));
  return 2 * additions - Number(readFileSync(file, 'utf8'));
}

async function ask(child: ChildProcess, task: string): Promise<void> {
  const answer = once(child, 'message');
  child.send(task);
  await answer;
}
