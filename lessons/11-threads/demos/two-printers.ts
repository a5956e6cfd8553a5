// The program with two printers as threads and as promises: how long its text is, and how long it takes. Both are the
// files that the lesson shows.
import { readFileSync } from 'node:fs';
import { demo } from 'interleave/kit/demo';
import { printTogether as printInPromises } from '../snippets/two-printers.promises.ts';
import { printTogether as printInThreads } from '../snippets/two-printers.threads.ts';

export default demo({
  title: 'Two printers as threads and as promises',
  variants: {
    'lines with threads': {
      unit: 'lines',
      run: () => linesOf('two-printers.threads.ts', 'printer.worker.ts'),
      check: (lines: number) => lines > 0,
    },
    'lines with promises': {
      unit: 'lines',
      run: () => linesOf('two-printers.promises.ts'),
      check: (lines: number) => lines > 0,
    },
    'time with threads': { run: () => printed(printInThreads), check: isWhole },
    'time with promises': { run: () => printed(printInPromises), check: isWhole },
  },
  ratios: {
    lines: { of: 'lines with threads', over: 'lines with promises' },
    time: { of: 'time with threads', over: 'time with promises', kind: 'waits' },
  },
  claims: [
    {
      claim: 'F04',
      says: 'Threads are less complex than asyncio: here, the program with threads is the shorter one.',
      ratio: 'lines',
      holds: [0, 0.98],
    },
    {
      claim: 'F04',
      says: 'Threads are good and asyncio is excellent: here, the program with threads takes longer by a tenth or more.',
      ratio: 'time',
      holds: [1.1, Infinity],
    },
  ],
});

/** Lines that are neither empty nor a comment. */
function linesOf(...names: readonly string[]): number {
  const lines = names.flatMap((name) =>
    readFileSync(new URL(`../snippets/${name}`, import.meta.url), 'utf8').split('\n'),
  );
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('//')).length;
}

async function printed(printTogether: typeof printInThreads): Promise<string> {
  let text = '';
  await printTogether((character) => (text += character));
  return text;
}

/** The order of each printer is its own; between the two there is none. */
function isWhole(text: string): boolean {
  return text.replaceAll(/\D/g, '') === '12345' && text.replaceAll(/\d/g, '') === 'abcde';
}
