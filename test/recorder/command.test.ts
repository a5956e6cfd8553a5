// `trace FILE --json` as another program reads it: one document, and the traced program gets what is piped in.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Document {
  readonly events: readonly { readonly kind: string; readonly output: string }[];
  readonly ending: unknown;
  readonly unseen: readonly string[];
}

test('trace --json hands on standard input and arguments, and prints one document', async () => {
  const file = `${root}test/fixtures/traced/parts/stdin.mjs`;
  const child = spawn(process.execPath, [`${root}runner/launch.mjs`, 'trace', file, '--json', '--', 'one', 'two'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end('piped in\n');
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(code).toBe(0);
  const { events, ending, unseen } = JSON.parse(stdout) as Document;
  expect(ending).toEqual({ kind: 'exit', code: 0 });
  expect(unseen).toEqual([]);
  expect(events.map(({ kind, output }) => [kind, output])).toEqual([
    ['script', 'script main\n'],
    ['io', 'io data\n  piped in one,two\n'],
    ['nextTick', 'nextTick end\n'],
  ]);
});
