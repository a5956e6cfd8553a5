// What the lab screen says, as blocks of lines for a width: pure, so that a resized window can be drawn again.
import type { Rung } from '../course/hints.ts';
import type { Lab } from '../course/lab.ts';
import type { Task } from '../course/task.ts';
import { leavesOutOutput, verdictLines, wholeOutput } from '../judge/verdict-lines.ts';
import type { Verdict } from '../judge/verdict.ts';
import { escapeText } from '../terminal/escape.ts';
import type { TextLines } from '../terminal/markdown-lines.ts';
import type { Block } from '../terminal/scroll.ts';
import type { Style } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { helpLines, withKeys } from './lab-keys.ts';

function labTitle(lab: Lab): string {
  return `Lab ${lab.id}: ${lab.title}`;
}

/** How a lab's texts get onto the screen. */
export interface Look {
  readonly style: Style;
  readonly texts: TextLines;
}

export function introBlock(lab: Lab, task: Task, shownFolder: string, { style, texts }: Look): Block {
  return (columns) => [
    style.heading(labTitle(lab)),
    '',
    ...texts.markdown(withKeys(task.goal), columns),
    '',
    ...prose(`Your copy: ${shownFolder} (${lab.files.join(', ')})`, columns),
    ...prose('Edit it in your own editor (o opens it). Each save is judged; i shows all of the task.', columns),
    '',
  ];
}

export function taskBlock(lab: Lab, task: Task, { style, texts }: Look): Block {
  return (columns) => [style.heading(labTitle(lab)), '', ...texts.markdown(withKeys(task.whole), columns), ''];
}

/** @param at the local time: verdicts that are the same twice must still be seen to be two */
export function verdictBlock(verdict: Verdict, at: string, style: Style): Block {
  return (columns) => [
    style.quiet(`--- ${at} `.padEnd(Math.min(columns - 1, readableColumns), '-')),
    '',
    ...verdictLines(verdict, columns, style),
    '',
    ...(leavesOutOutput(verdict) ? [style.quiet('p shows all that your program printed.'), ''] : []),
  ];
}

/** All that the learner's program printed, as far as it was kept. */
export function outputBlock(verdict: Verdict, style: Style): Block {
  return (columns) => [style.heading('Your program printed'), '', ...wholeOutput(verdict, columns), ''];
}

/** What a pass has shown, once, and where to go from here. */
export function passedBlock(task: Task, next: Lab | undefined, isFirst: boolean, { style, texts }: Look): Block {
  const ways = `${next ? `n goes on to lab ${next.id}, "${next.title}"` : 'That was the last lab there is'}; s shows one solution and why it works; b goes back.`;
  const proof = isFirst && task.observed !== '';
  return (columns) => [
    ...(proof ? [style.heading('What this pass rests on'), '', ...texts.markdown(task.observed, columns), ''] : []),
    ...prose(ways, columns),
    '',
  ];
}

/** @param number counted from 1 */
export function hintBlock({ title, text }: Rung, number: number, of: number, { style, texts }: Look): Block {
  const earlier = number === 1 ? '' : ` ${number === 2 ? '1' : `1 to ${number - 1}`} shows the earlier again.`;
  const after =
    number < of
      ? `Still stuck? h has one that says more.${earlier}`
      : `That was the last one; s shows a solution.${earlier}`;
  return (columns) => [
    style.quiet(`Hint ${number} of ${of}`),
    style.heading(title),
    '',
    ...texts.markdown(withKeys(text), columns),
    '',
    ...prose(after, columns).map(style.quiet),
    '',
  ];
}

export function helpBlock(style: Style): Block {
  return (columns) => [style.heading('Keys'), ...helpLines(Math.min(columns, readableColumns)), ''];
}

/** What went wrong outside of the learner's code, and what to do. */
export function problemBlock({ message, next }: { message: string; next: string }, style: Style): Block {
  return (columns) => [
    ...escapeText(message)
      .split('\n')
      .flatMap((line) => prose(line, columns))
      .map(style.bad),
    ...prose(`Next: ${escapeText(next)}`, columns),
    '',
  ];
}

export function textBlock(text: string, look: (line: string) => string = (line) => line): Block {
  return (columns) => [...prose(text, columns).map(look), ''];
}

export function prose(text: string, columns: number): string[] {
  return wrap(text, Math.min(columns, readableColumns));
}
