// A drill and its verdict as text: nothing is wider than the terminal, and all of it is there.
import { expect, test } from 'vitest';
import { choiceLines, drillLines, standingText, verdictLines } from '../../runner/drill/drill-lines.ts';
import { makeDrill } from '../../runner/drill/drill.ts';
import { levels } from '../../runner/drill/levels.ts';
import { reasonOf } from '../../runner/drill/reason.ts';
import { loadCodeColours, plainCode } from '../../runner/terminal/code-colours.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import type { TraceEvent } from '../../runner/tracer/trace.ts';

function event(id: number, output: string): TraceEvent {
  const nowhere = { file: null, scheduledFile: null, scheduledLine: null, startMs: id, endMs: id };
  return { id, parent: null, kind: 'microtask', label: 'await in fetchUser', line: 12, output, ...nowhere };
}

test.for([60, 80, 200])('at %i columns nothing is wider, with colours and without', async (columns) => {
  const colourful = styleFor({ isTTY: true }, {});
  const colourCode = await loadCodeColours(new Set(['js']), colourful);
  for (const view of [
    { columns, style: plainStyle, colourCode: plainCode },
    { columns, style: colourful, colourCode },
  ])
    for (const level of levels)
      for (let seed = 0; seed < 20; seed++) {
        const drill = makeDrill(seed, level);
        const [came = '', expected = ''] = [drill.lines[0], drill.lines.at(-1)];
        const events = drill.lines.map((line, id) => event(id, `${line}\n`));
        const lines = [
          ...drillLines(drill, view),
          ...choiceLines(drill, drill.shuffled.slice(2), view),
          ...verdictLines(
            drill,
            {
              printed: drill.lines,
              answer: drill.lines.toReversed(),
              mistake: { place: 0, came, expected, reason: reasonOf(drill, came, expected), events },
            },
            view,
          ),
          ...verdictLines(drill, { printed: drill.lines, answer: drill.lines, mistake: undefined }, view),
        ];
        expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
        const text = lines.join('\n');
        for (const line of drill.shuffled) expect(text).toContain(line);
        expect(text).toContain('<- the first that differs');
      }
});

test('a program stands there as it is, its lines numbered', () => {
  const drill = makeDrill(3, 4);
  const lines = drillLines(drill, { columns: 120, style: plainStyle, colourCode: plainCode });
  const code = lines.map((line) => /^ *\d+ {2}(.*)$/.exec(line)?.[1]).filter((line) => line !== undefined);
  expect(`${code.join('\n')}\n`).toBe(drill.source.text);
});

test('a verdict that the model cannot explain says so', () => {
  const drill = makeDrill(3, 1);
  const [came = '', expected = ''] = drill.lines;
  const mistake = { place: 0, came, expected, reason: [], events: [] };
  const lines = verdictLines(
    drill,
    { printed: drill.lines, answer: drill.lines, mistake },
    {
      columns: 200,
      style: plainStyle,
      colourCode: plainCode,
    },
  );
  expect(lines.join('\n')).toContain('This Node does not do what the course expects of drill 3');
});

test('the standing names what is missing for the next level, and nothing at the last', () => {
  const standing = { level: 2, streak: 1, rightInRow: 1, wrongInRow: 0 } as const;
  const stayed = { before: 2, fixed: undefined } as const;
  expect(standingText(standing, stayed)).toBe('Level 2, 1 right in a row. 2 more right in a row and it is level 3.');
  expect(standingText({ ...standing, level: 5, streak: 7 }, { ...stayed, before: 5 })).toBe(
    'Level 5, 7 right in a row.',
  );
  expect(standingText(standing, { before: 4, fixed: 4 })).toBe('Level 4, as you asked for; 1 right in a row.');
});

test('a change of the level is told', () => {
  const standing = { level: 2, streak: 3, rightInRow: 0, wrongInRow: 0 } as const;
  const words = (before: 1 | 3): string => standingText(standing, { before, fixed: undefined });
  expect(words(1)).toBe('Up to level 2, 3 right in a row. 3 more right in a row and it is level 3.');
  expect(words(3)).toContain('Down to level 2,');
});
