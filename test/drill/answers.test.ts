// What is typed as an answer, what keys do, and how answers become a level.
import { expect, test } from 'vitest';
import { firstDifference, readAnswer } from '../../runner/drill/answer.ts';
import { actionOf, type Answering } from '../../runner/drill/drill-keys.ts';
import { standingOf } from '../../runner/drill/standing.ts';

const shuffled = ['fig', 'plum', 'pear'];

test.each(['b a c', 'bac', 'B, A, C', '  b > a > c. '])('%j is an answer', (typed) => {
  expect(readAnswer(typed, shuffled)).toEqual({ kind: 'order', lines: ['plum', 'fig', 'pear'] });
});

test.each<[typed: string, why: string]>([
  ['a b', 'Each letter from a to c is needed once; these are 2.'],
  ['a b b', 'Each letter from a to c is needed once; these are 3.'],
  ['a b c a', 'Each letter from a to c is needed once; these are 4.'],
  ['a b d', 'An answer is made of the letters a to c.'],
  ['plum fig', 'An answer is made of the letters a to c.'],
  ['\u{1f600}', 'An answer is made of the letters a to c.'],
])('%j is none', (typed, why) => {
  expect(readAnswer(typed, shuffled)).toEqual({ kind: 'unclear', why });
});

test('the first difference is where it begins', () => {
  expect(firstDifference(['a', 'c', 'b'], ['a', 'b', 'c'])).toBe(1);
  expect(firstDifference(['a', 'b', 'c'], ['a', 'b', 'c'])).toBeUndefined();
  expect(firstDifference([], ['a'])).toBe(0);
});

test('keys put lines behind each other, take them back, and say what they cannot do', () => {
  const press = (key: string, taken: readonly string[], isAnswered = false) =>
    actionOf(key, { shuffled, taken, isAnswered } satisfies Answering);
  expect(press('b', [])).toEqual({ kind: 'taken', taken: ['plum'] });
  expect(press('B', ['fig'])).toEqual({ kind: 'taken', taken: ['fig', 'plum'] });
  expect(press('b', ['plum'])).toEqual({ kind: 'remark', text: '"plum" stands in your order already.' });
  expect(press('d', [])).toEqual({ kind: 'remark', text: 'The lines have the letters a to c.' });
  for (const key of ['backspace', '\x7f', 'ctrl-h'])
    expect(press(key, ['fig', 'plum'])).toEqual({ kind: 'taken', taken: ['fig'] });
  expect(press('backspace', [])).toEqual({ kind: 'taken', taken: [] });
  expect(press('enter', ['fig'])).toEqual({ kind: 'remark', text: '2 lines are missing.' });
  expect(press('enter', ['fig', 'plum'])).toEqual({ kind: 'remark', text: 'One line is missing.' });
  expect(press('enter', ['fig', 'plum', 'pear'])).toEqual({ kind: 'judge' });
  expect(press('s', ['fig'])).toEqual({ kind: 'next' });
  expect(press('enter', shuffled, true)).toEqual({ kind: 'next' });
  expect(press('b', shuffled, true)).toMatchObject({ kind: 'remark' });
  for (const isAnswered of [false, true]) {
    expect(press('q', [], isAnswered)).toEqual({ kind: 'quit' });
    expect(press('ctrl-c', [], isAnswered)).toEqual({ kind: 'leave' });
    expect(press('paste', [], isAnswered)).toMatchObject({ kind: 'remark' });
  }
});

/** `+` and `-` are right and wrong answers; `(+)` one at a level that was asked for. */
function standing(answers: string) {
  return standingOf(
    [...answers.matchAll(/(\()?([+-])\)?/g)].map(([, fixed, sign], seed) => ({
      seed,
      level: 1,
      isRight: sign === '+',
      isFixed: fixed !== undefined,
    })),
  );
}

test.each<[answers: string, level: number, streak: number]>([
  ['', 1, 0],
  ['++', 1, 2],
  ['+++', 2, 3],
  ['+++++', 2, 5],
  ['++++++', 3, 6],
  ['++-++', 1, 2],
  ['++-+++', 2, 3],
  ['++++++-', 3, 0],
  ['++++++--', 2, 0],
  ['++++++---', 2, 0],
  ['++++++----', 1, 0],
  ['------', 1, 0],
  ['+'.repeat(12), 5, 12],
  ['+'.repeat(40), 5, 40],
  ['++(+)(+)', 1, 4],
  ['++(-)+', 2, 1],
  ['++++++-(+)-', 2, 0],
])('after "%s" it is level %i, and %i in a row', (answers, level, streak) => {
  expect(standing(answers)).toMatchObject({ level, streak });
});
