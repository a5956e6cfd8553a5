// "What you have measured so far" in the tutor.
import { costLines } from '../measured/cost-lines.ts';
import { loadCosts } from '../measured/load-costs.ts';
import { escapeLine } from '../terminal/escape.ts';
import { wrap } from '../terminal/wrap.ts';
import { machineWords } from '../timing/machine-words.ts';
import type { Desk, Place } from './desk.ts';
import { showSheets } from './sheet.ts';

export async function showCosts(desk: Desk): Promise<Place> {
  const { course, progress, style } = desk;
  const { costs, problems } = await loadCosts(course, progress);
  const machine = machineWords();
  const sheet = {
    name: 'costs',
    lines: (columns: number) => [
      ...costLines(costs, machine, columns - 1, style),
      ...problems.flatMap((problem) => ['', ...wrap(escapeLine(problem), columns - 1)].map(style.warning)),
    ],
    keys: ['Enter map', 'q quit'],
  };
  return await showSheets<Place>(desk, sheet, (key) => {
    switch (key) {
      case 'enter':
      case 'm':
      case 'b':
      case 'escape':
        return { end: { kind: 'map' } };
      case 'q':
        return { end: { kind: 'left' } };
      case 'ctrl-c':
      case 'ctrl-d':
        return { end: { kind: 'interrupted' } };
      default:
        return undefined;
    }
  });
}
