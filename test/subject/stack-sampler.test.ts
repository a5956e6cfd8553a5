// Where a program stands that does not answer, asked of real ones; there is all the time in the world.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Standing } from '../../runner/subject/endings.ts';
import { whereItStands } from '../../runner/subject/stack-sampler.ts';

const enoughMs = 40_000;
let stage = '';
beforeAll(() => {
  stage = realpathSync(mkdtempSync(join(tmpdir(), 'stage-')));
  writeFileSync(join(stage, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(stage, { recursive: true }));

/** Starts the lines as a program, which prints "here" before it comes to what it is about. */
async function started(...lines: string[]): Promise<ChildProcess> {
  const source = ["import { writeSync } from 'node:fs';", ...lines].join('\n');
  writeFileSync(join(stage, 'lab.ts'), source);
  const child = spawn(
    process.execPath,
    ['--inspect-port=127.0.0.1:0', '--disable-warning=ExperimentalWarning', join(stage, 'lab.ts')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

async function standing(...lines: string[]): Promise<Standing> {
  const child = await started(...lines);
  return whereItStands(child.pid ?? 0, child.stderr ?? process.stdin, stage, enoughMs);
}

const here = "writeSync(1, 'here');";
const worker = (code: string): string[] => [
  "import { Worker } from 'node:worker_threads';",
  `new Worker(new URL('./worker.ts', import.meta.url)).on('message', () => ${here.slice(0, -1)});`,
  code,
];

describe('the main thread', () => {
  test.each([
    ['a loop', [here, 'function spin() {', '  for (;;);', '}', 'spin();'], 'looping', 4, 'spin'],
    ['a loop of calls of Node', [here, "for (;;) JSON.parse('[1]');"], 'looping', 3, ''],
    ['Atomics.wait', [here, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'], 'waiting', 3, ''],
    [
      'Atomics.wait on something else is a loop',
      ['function wait() {', '  for (;;);', '}', here, 'wait();'],
      'looping',
      3,
      'wait',
    ],
    ['ticks', [here, 'const next = () => process.nextTick(next);', 'next();'], 'ticks', 3, 'next'],
    ['microtasks', [here, 'const next = () => queueMicrotask(next);', 'next();'], 'microtasks', 3, 'next'],
    ['promises', [here, 'const next = () => void Promise.resolve().then(next);', 'next();'], 'microtasks', 3, 'next'],
  ])('%s', async (_, lines, doing, line, within) => {
    const { main, workers } = await standing(...lines);
    expect(main).toMatchObject({ doing, at: { file: 'lab.ts', line, within } });
    expect(workers).toEqual([]);
  });

  test('an await in a loop: by samples', async () => {
    const { main } = await standing(
      here,
      'async function run() {',
      '  for (;;) {',
      '    await null;',
      '  }',
      '}',
      'void run();',
    );
    expect(main).toMatchObject({ doing: 'microtasks', at: { file: 'lab.ts', within: 'run' } });
    expect(main.at?.line).toBeGreaterThanOrEqual(3);
    expect(main.at?.line).toBeLessThanOrEqual(7);
  });

  test('nothing to do but to wait', async () => {
    const { main, pending } = await standing(here, 'setTimeout(() => {}, 1e6);', 'await new Promise(() => {});');
    expect({ main, pending }).toEqual({ main: { doing: 'idle', at: undefined }, pending: ['Timeout'] });
  });
});

describe('workers', () => {
  test.each([
    [
      'one that sleeps',
      ['function sleep() {', '  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', '}', 'sleep();'],
      'waiting',
      4,
    ],
    ['one that loops', ['for (;;);'], 'looping', 3],
    ['one that prints', ["for (;;) console.log('x');"], 'printing', 3],
  ])('%s', async (_, lines, doing, line) => {
    writeFileSync(
      join(stage, 'worker.ts'),
      ["import { parentPort } from 'node:worker_threads';", 'parentPort?.postMessage(1);', ...lines].join('\n'),
    );
    const { main, workers } = await standing(...worker(''));
    expect(main.doing).toBe('idle');
    expect(workers).toMatchObject([{ doing, at: { file: 'worker.ts', line } }]);
  });

  test('beside a main thread that sleeps', async () => {
    writeFileSync(join(stage, 'worker.ts'), "import { writeSync } from 'node:fs';\nwriteSync(1, 'here');\nfor (;;);\n");
    const { main, workers } = await standing(
      ...worker('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'),
    );
    expect(main).toMatchObject({ doing: 'waiting', at: { file: 'lab.ts', line: 4 } });
    // While the main thread sleeps, the inspector of its workers may have nobody to speak for it.
    for (const each of workers) expect(['looping', 'idle']).toContain(each.doing);
  });
});

describe('one that does not say', () => {
  const unknown = { main: { doing: 'unknown', at: undefined }, workers: [], pending: [] };

  test('because it takes the signal for itself', async () => {
    const child = await started("process.on('SIGUSR1', () => {});", here, 'setInterval(() => {}, 1_000);');
    expect(await whereItStands(child.pid ?? 0, child.stderr ?? process.stdin, stage, 500)).toEqual(unknown);
  });

  test('because it is gone', async () => {
    const child = await started(here);
    await new Promise((resolve) => child.on('close', resolve));
    expect(await whereItStands(child.pid ?? 0, child.stderr ?? process.stdin, stage, 500)).toEqual(unknown);
  });

  test('because it dies of the question', async () => {
    const child = await started("process.on('SIGUSR1', () => process.exit());", here, 'setInterval(() => {}, 1_000);');
    expect(await whereItStands(child.pid ?? 0, child.stderr ?? process.stdin, stage, 500)).toEqual(unknown);
  });

  /** An address that the subject prints may lead anywhere. */
  async function spoofed(onUpgrade: (socket: Socket) => void): Promise<Standing> {
    const server = createServer();
    server.on('upgrade', (_, socket: Socket) => {
      socket.on('error', () => {});
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      onUpgrade(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => server.closeAllConnections());
    onTestFinished(() => void server.close());
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/00000000-0000-0000-0000-000000000000`;
    const child = await started(
      `process.on('SIGUSR1', () => writeSync(2, 'Debugger listening on ${url}\\n'));`,
      here,
      'setInterval(() => {}, 1_000);',
    );
    return whereItStands(child.pid ?? 0, child.stderr ?? process.stdin, stage, 1_500);
  }

  test('because somebody else answers, who sends without end', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(1 << 16);
    expect(
      await spoofed((socket) => {
        // One message of 2^62 bytes.
        socket.write(Buffer.from([0x81, 127, 0x40, 0, 0, 0, 0, 0, 0, 0]));
        const flood = (): void => {
          sent += chunk.length;
          if (socket.writable) socket.write(chunk, flood);
        };
        flood();
      }),
    ).toEqual(unknown);
    // What the sockets of both sides hold comes on top of what was read.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('because somebody else answers, and not in the shape that was to be expected', async () => {
    const texts = [
      'null',
      '5',
      '{"id":1,"result":5}',
      '{"id":2,"result":{"result":{"value":{}}}}',
      '{"id":3,"result":{"result":null}}',
      '{"method":"NodeWorker.attachedToWorker","params":{"sessionId":{"toString":1}}}',
      '{"method":"NodeWorker.attachedToWorker","params":null}',
      '{"method":"NodeWorker.receivedMessageFromWorker","params":{"sessionId":"","message":"{"}}',
      '{'.repeat(100),
    ];
    const got = await spoofed((socket) => {
      for (const text of texts) socket.write(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]));
    });
    expect(got.workers.filter(({ at }) => at)).toEqual([]);
  });
});
