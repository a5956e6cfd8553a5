// A small course in a folder of its own, shaped as the project is: two lessons written, one not, three labs.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'interleave-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder, and the folders that they need. */
export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function lessonText(fields: { title: string; ledger: string; body?: string }): string {
  const { title, ledger, body = '' } = fields;
  return `---\ntitle: ${title}\npromise: You can do it.\nminutes: 40\nledger: [${ledger}]\n---\n${body}`;
}

export const hintsText = `# Hints

## Where to look

Look at the line that reads
and the line that writes.

## What happens between them

Another thread may write in between:

\`\`\`ts
## this is no heading
\`\`\`

## What to use

- \`Atomics.add\` reads and writes in one step.
`;

/** The files of the small course, by their paths below its root. */
export function smallCourse(): Record<string, string> {
  return {
    'lessons/04-event-loop/lesson.md': lessonText({
      title: 'The loop',
      ledger: 'C24, C25',
      body: '\n## One\n\nText.\n',
    }),
    'lessons/04-event-loop/demos/late-timer.ts': 'export {};\n',
    'lessons/14-race-conditions/lesson.md': lessonText({ title: 'Races', ledger: 'C14, F13', body: '\n## One\n' }),
    'lessons/14-race-conditions/demos/lost-updates.ts': 'export {};\n',
    'lessons/14-race-conditions/demos/lost-updates.worker.ts': 'export {};\n',
    'lessons/15-locks/lesson.md': lessonText({ title: 'Locks', ledger: 'C53' }),
    'labs/04-event-loop/1-order/lab.json': JSON.stringify({
      title: 'Order',
      files: ['lab.ts'],
      tests: { 'runs in order': 1 },
    }),
    'labs/04-event-loop/1-order/lab.ts': 'export const order = [];\n',
    'labs/04-event-loop/1-order/hints.md': hintsText,
    'labs/14-race-conditions/1-lost-updates/lab.json': JSON.stringify({
      title: 'Lost updates',
      files: ['lab.ts', 'threads/counter.ts'],
      tests: { 'loses nothing': 2 },
    }),
    'labs/14-race-conditions/1-lost-updates/lab.ts': 'export function add() {\n  return 0;\n}\n',
    'labs/14-race-conditions/1-lost-updates/threads/counter.ts': 'export const counter = 0;\n',
    'labs/14-race-conditions/1-lost-updates/hints.md': hintsText,
    'labs/14-race-conditions/1-lost-updates/driver.ts': 'export {};\n',
    'solutions/14-race-conditions/1-lost-updates/lab.ts': 'export function add() {\n  return 1;\n}\n',
    'solutions/14-race-conditions/1-lost-updates/threads/counter.ts': 'export const counter = 0;\n',
    'solutions/14-race-conditions/1-lost-updates/WHY.md': '# Why\n\nOne step cannot be\ninterrupted.\n',
    'labs/14-race-conditions/2-deposit/lab.json': JSON.stringify({
      title: 'Deposit',
      files: ['lab.ts'],
      tests: { 'keeps every deposit': 1 },
    }),
    'labs/14-race-conditions/2-deposit/lab.ts': 'export {};\n',
    'labs/14-race-conditions/not-a-lab/notes.txt': 'no lab.json here\n',
  };
}

/** The root of a small course, with files added to it or put in place of its own. */
export function makeCourse(changes: Readonly<Record<string, string>> = {}): string {
  const root = temporaryFolder();
  write(root, { ...smallCourse(), ...changes });
  return root;
}
