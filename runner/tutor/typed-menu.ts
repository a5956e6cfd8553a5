// A menu for terminals that cannot move their cursor: the rows are printed, and a number is typed.
import { createInterface } from 'node:readline';
import { escapeLine } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { stopWholeJob } from '../terminal/job-control.ts';
import { printLines } from '../terminal/print.ts';
import { wrap } from '../terminal/wrap.ts';
import { type Menu, type MenuEnd, rowWithNumber } from './menu.ts';

export async function typeChoice(menu: Menu, io: Io): Promise<MenuEnd> {
  let isPasted = false;
  // A line may come in one piece, as Emacs sends it; several at once were pasted.
  const onData = (data: Buffer): void => void (isPasted = /[\r\n]./.test(String(data)));
  io.stdin.prependListener('data', onData);
  // Before anything is to be read: what is pressed while the terminal still reads lines by itself is lost.
  const reader = createInterface({ input: io.stdin, output: io.stdout, prompt: '> ' });
  const width = Math.max(...menu.rows.map(({ number }) => number.length));
  printLines(io, [
    ...(menu.notice === undefined ? [] : [...wrap(menu.notice, io.columns - 1), '']),
    menu.title,
    '',
    ...menu.rows.map(({ number, text }, index) => {
      const margin = `${index === menu.start ? '>' : ' '} ${number.padStart(width)}) `;
      return margin + text(io.columns - margin.length - 1);
    }),
    '',
  ]);
  const ways = `A number and Enter, or just Enter for ${menu.rows[menu.start]?.number ?? ''}${menu.hasBack ? ', b to go back' : ''}, ${menu.extra ? `${menu.extra.key} for ${menu.extra.word}, ` : ''}q to quit.`;
  printLines(io, wrap(ways, io.columns - 1));
  return await new Promise<MenuEnd>((resolve) => {
    // Ctrl-D closes it; whatever ended it before came first.
    reader.on('close', () => resolve({ kind: 'interrupted' }));
    reader.on('SIGINT', () => reader.close());
    stopWholeJob(reader, io);
    reader.on('line', (line) => {
      const end = isPasted ? undefined : endOf(line.trim().toLowerCase(), menu);
      if (end) resolve(end);
      else {
        const typed = isPasted ? 'That was pasted' : `"${escapeLine(line.trim().slice(0, 20))}" is none of these`;
        printLines(io, wrap(`${typed}. ${ways}`, io.columns - 1));
        reader.prompt();
      }
    });
    reader.prompt();
    menu.onShown?.();
  }).finally(() => {
    io.stdin.off('data', onData);
    reader.close();
  });
}

function endOf(typed: string, menu: Menu): MenuEnd | undefined {
  if (typed === '') return { kind: 'chosen', index: menu.start };
  if (typed === 'q') return { kind: 'quit' };
  if (typed === 'b' && menu.hasBack) return { kind: 'back' };
  if (typed === menu.extra?.key) return { kind: 'extra' };
  const index = rowWithNumber(menu.rows, typed);
  return index === undefined ? undefined : { kind: 'chosen', index };
}
