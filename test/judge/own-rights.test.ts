// What ARCHITECTURE.md admits of code with the user's own rights, tried: as long as there is no sandbox, these get
// through. (What ends or stops the judge is in attacked.test.ts, forged answers in not-fooled.corpus.test.ts.)
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allProcesses, commandLine } from '../../runner/subject/proc.ts';
import { fixtures, startJudging, type Judging } from './judging.ts';

let judging: Judging;
beforeAll(() => {
  judging = startJudging();
});
afterAll(async () => {
  expect(await judging.close()).toEqual([]);
});

const solution = join(fixtures, 'solutions/90-fixture/1-five-tests/lab.ts');
const starter = readFileSync(join(fixtures, 'labs/90-fixture/1-five-tests/lab.ts'), 'utf8');

test('a solution that is read as text and run as a copy passes', async () => {
  const got = await judging.judge('1-five-tests', {
    'lab.ts': `import { copyFileSync } from 'node:fs';\ncopyFileSync(${JSON.stringify(solution)}, 'copy.ts');\nconst copy = await import('./copy.ts');\nexport const { double, through, echo, refuse, count } = copy;\n`,
  });
  expect(got).toMatchObject({ verdict: 'passed' });
});

test('a worker with flags of its own imports what the stage refuses', async () => {
  const body = `const { parentPort } = require('node:worker_threads'); import(${JSON.stringify(solution)}).then((m) => parentPort.postMessage(m.double(21)));`;
  const got = await judging.judge('1-five-tests', {
    'lab.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(${JSON.stringify(body)}, { eval: true, execArgv: [] });\nconsole.log(await new Promise((resolve) => worker.on('message', resolve)));\n${starter}`,
  });
  expect(got).toMatchObject({ verdict: 'failed', output: '42\n' });
});

test('the network is open', async () => {
  const server = createServer((_, response) => response.end('from outside')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const got = await judging.judge('1-five-tests', {
    'lab.ts': `console.log(await (await fetch(${JSON.stringify(url)})).text());\n${starter}`,
  });
  server.close();
  expect(got).toMatchObject({ verdict: 'failed', output: 'from outside\n' });
});

test.runIf(process.platform === 'linux')(
  'a grandchild in a session of its own that has cleared its environment is not found',
  async () => {
    const seconds = 100_000 + process.pid;
    const got = await judging.judge('1-five-tests', {
      'lab.ts': `import { spawnSync } from 'node:child_process';\nspawnSync('sh', ['-c', 'env -i setsid sleep ${seconds} >/dev/null 2>&1 &']);\n${starter}`,
    });
    expect(got).toMatchObject({ verdict: 'failed', leftBehind: [] });
    const hidden = (): number[] => allProcesses().filter((pid) => commandLine(pid) === `sleep ${seconds}`);
    while (hidden().length === 0) await sleep(20);
    expect(await judging.left()).toEqual([]);
    expect(hidden()).toHaveLength(1);
    for (const pid of hidden()) process.kill(pid, 'SIGKILL');
  },
);
