import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type MapLesson, courseMap } from '../../runner/terminal/course-map.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';

const lessons: MapLesson[] = [
  { id: '04', title: 'Inside the event loop', minutes: 50, isWritten: false, labs: [] },
  {
    id: '14',
    title: 'Race conditions',
    minutes: 55,
    isWritten: true,
    labs: [
      { id: '14.1', title: 'Lost updates', status: 'passed' },
      { id: '14.2', title: 'Deposit', status: 'started' },
      { id: '14.3', title: 'A title that goes on for longer than anybody should let a title go on', status: 'new' },
    ],
  },
];

test('the map at 60 columns', () => {
  expect(courseMap(lessons, 60, plainStyle).join('\n')).toMatchInlineSnapshot(`
    "Interleave                                1 of 3 labs passed

    04  Inside the event loop                    not written yet
    14  Race conditions                                   55 min
        [x] 14.1  Lost updates
        [~] 14.2  Deposit
        [ ] 14.3  A title that goes on for longer than anybod...

    [x] passed   [~] started   [ ] new"
  `);
});

test('no line is wider than the terminal, and none is spread over 200 columns', () => {
  for (let columns = 60; columns <= 200; columns++) {
    const widths = courseMap(lessons, columns, plainStyle).map(displayWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(Math.min(columns, 88));
  }
});

test('colours add nothing but colours', () => {
  const coloured = courseMap(lessons, 80, styleFor({}, { FORCE_COLOR: '1' }));
  expect(coloured.join('\n')).toContain('\x1b[32m');
  expect(coloured.map((line) => stripVTControlCharacters(line))).toEqual(courseMap(lessons, 80, plainStyle));
});
