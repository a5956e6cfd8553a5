// The course is told in its own words: no run of eight words of its texts stands in the documents that it is built on.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { canary, packHashes, runsOf, takenLines, unpackHashes, withoutMarks, wordsOf } from './eight-word-runs.ts';

const packed = readFileSync(join(courseRoot, 'test/fixtures/eight-word-runs.bin'));
const hashes = unpackHashes(packed);
/** Not part of the project; where it is there the hashes are compared with it. */
const documents = join(courseRoot, '../shared/documents');

const texts = globSync('{lessons,labs,solutions}/**/*.{md,ts,mts,cts,js,mjs,cjs,py,json}', { cwd: courseRoot }).sort();

test('no text of a lesson, a lab or a solution takes eight words in a row from a document', () => {
  expect(texts.length).toBeGreaterThan(24);
  const taken = texts.flatMap((file) =>
    takenLines(readFileSync(join(courseRoot, file), 'utf8'), hashes).map((line) => `${file}:${line}`),
  );
  expect(taken).toEqual([]);
});

test('what is taken is found, whatever its marks, its case and its line ends', () => {
  expect(hashes.size).toBeGreaterThan(5_000);
  const [one, two] = [canary.split(' ').slice(0, 4).join(' '), canary.split(' ').slice(4).join(' ')];
  expect(takenLines(`# A\n\nSo: ${canary}.\n`, hashes)).toEqual([3]);
  expect(takenLines(`*${one.toUpperCase()}*,\r\n> \`${two}\`!`, hashes)).toEqual([1]);
  expect(takenLines(`${one} <!-- lost-updates.ratio -->\n[${two}](https://example.org)`, hashes)).toEqual([1]);
  expect(takenLines(`${one} and ${two}`, hashes)).toEqual([]);
});

test('words are letters and digits', () => {
  expect(wordsOf('Don’t say "re-use" 1,000\ntimes: __main__').map(({ text, line }) => `${line} ${text}`)).toEqual([
    '1 dont',
    '1 say',
    '1 re',
    '1 use',
    '1 1',
    '1 000',
    '2 times',
    '2 main',
  ]);
  expect(withoutMarks('a <!-- b\nc --> d [e](f)').replaceAll(/ +/g, ' ')).toBe('a \n d [e ');
  expect(runsOf(wordsOf('one two three four five six seven'))).toEqual([]);
  expect(runsOf(wordsOf('one two\nthree four five six seven eight nine')).map(({ line }) => line)).toEqual([1, 1]);
});

const isThere = existsSync(documents);
test.skipIf(!isThere)(`the hashes are those of the documents${isThere ? '' : ' (skipped: they are not here)'}`, () => {
  const read = globSync('*.txt', { cwd: documents }).map((name) => readFileSync(join(documents, name), 'utf8'));
  expect(packHashes(read).equals(packed)).toBe(true);
  // A sentence out of the middle of each is found.
  for (const text of read) {
    const lines = text.split('\n').filter((line) => wordsOf(line).length > 12);
    expect(takenLines(lines[lines.length >> 1] ?? '', hashes)).toEqual([1]);
  }
});
