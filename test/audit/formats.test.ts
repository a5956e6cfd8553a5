// An author with a typo is told where it is: each kind of mistake is planted in a clean course, and found with file and
// line, and nothing else is.
import { expect, test } from 'vitest';
import { found, labFolder, plant, solution, type Edits } from './audited-course.ts';

test('a clean course has no problems', () => {
  expect(found(plant({}))).toEqual([]);
});

const sections = '"## What you write", "## What is observed", "## Out of scope", "## When you are stuck"';

const mistakes: Record<string, { edits: Edits; problems: string[] }> = {
  'lab.json is no JSON': {
    edits: { [`${labFolder}/lab.json`]: ['"averages": 2,', '"averages": 2'] },
    problems: [`${labFolder}/lab.json:6: Expected ',' or '}' after property value in JSON`],
  },
  'lab.json has an unknown field': {
    edits: { [`${labFolder}/lab.json`]: ['"files"', '"file": "lab.ts",\n  "files"'] },
    problems: [`${labFolder}/lab.json:3: does not know "file" (known: title, files, tests, limits, needs, timing)`],
  },
  'lab.json gives no points': {
    edits: { [`${labFolder}/lab.json`]: ['"averages": 2', '"averages": 0'] },
    problems: [`${labFolder}/lab.json:4: "tests" must give each test of the suite its points (a whole number above 0)`],
  },
  'lab.json lacks a field': {
    edits: { [`${labFolder}/lab.json`]: [/"title".*\n/, ''] },
    problems: [`${labFolder}/lab.json:1: "title" is missing`],
  },
  'lab.json has a timing that is none': {
    edits: { [`${labFolder}/lab.json`]: ['"files"', '"timing": { "title": "A", "workload": "a b" },\n  "files"'] },
    problems: [
      `${labFolder}/lab.json:3: "timing" must have a "title", the "workload" (an export of driver.ts) and a "naive" version below the solution's folder`,
    ],
  },
  'lab.json has a timing without its files': {
    edits: {
      [`${labFolder}/lab.json`]: [
        '"files"',
        '"timing": { "title": "A", "workload": "work", "naive": "wrong/none.ts" },\n  "files"',
      ],
    },
    problems: [
      `${labFolder}/lab.json:3: "timing": there is no ${solution}/wrong/none.ts`,
      `${labFolder}/lab.json:3: "timing": there is no driver.ts with the workload`,
    ],
  },
  'lab.json lists a file that is not there': {
    edits: { [`${labFolder}/lab.json`]: ['"total.ts"', '"totals.ts"'] },
    problems: [
      `${labFolder}/totals.ts: is missing; lab.json lists it in "files"`,
      `${solution}/totals.ts: is missing; lab.json lists it in "files"`,
    ],
  },
  'a lab without a manifest': {
    edits: { [`${labFolder}/lab.json`]: null },
    problems: [`${labFolder}/lab.json: is missing`],
  },
  'a lab without a suite': {
    edits: { [`${labFolder}/lab.test.ts`]: null },
    problems: [`${labFolder}/lab.test.ts: is missing`],
  },
  "a lab's folder has no number": {
    edits: { 'labs/01-parts/average/lab.json': '{}' },
    problems: [`labs/01-parts/average: a lab's folder is named NN-lesson/N-name`],
  },
  'a lab belongs to no lesson': {
    edits: { 'labs/03-wholes/1-sum/lab.json': '{ "title": 1 }' },
    problems: [
      'labs/03-wholes/1-sum: belongs to no lesson: there is no lessons/03-wholes',
      'labs/03-wholes/1-sum/lab.json:1: "title" is missing',
    ],
  },
  'two labs have one number': {
    edits: { 'labs/02-later/1-a/lab.json': '{}', 'labs/02-later/1-b/lab.json': '{}' },
    problems: ['labs/02-later/1-a/lab.json:1: "title" is missing', 'labs/02-later/1-b/lab.json:1: "title" is missing'],
  },
  'a solution of no lab': {
    edits: { 'solutions/01-parts/1-avrage/lab.ts': '' },
    problems: ['solutions/01-parts/1-avrage: is the solution of no lab: there is no labs/01-parts/1-avrage'],
  },
  'two lessons have one number': {
    edits: { 'lessons/01-pieces/lesson.md': '---\ntitle: A\npromise: B\nminutes: 1\nledger: []\n---\n' },
    problems: ['lessons/01-pieces/lesson.md: has the same number as lessons/01-parts'],
  },
  'front matter with a typo': {
    edits: { 'lessons/02-later/lesson.md': ['minutes: 20', 'minutes: twenty'] },
    problems: ['lessons/02-later/lesson.md:4: "minutes" is a whole number from 1 to 999'],
  },
  'front matter that does not end': {
    edits: { 'lessons/01-parts/lesson.md': ['---\n\n## Two', '\n## Two'] },
    problems: ['lessons/01-parts/lesson.md:39: the front matter has no closing "---"'],
  },
  'ids of the ledger': {
    edits: { 'lessons/01-parts/lesson.md': ['[C01, C02, C03]', '[C01, C02, C04, C97]'] },
    problems: [
      'lessons/01-parts/lesson.md:5: the ledger has no C97',
      'lessons/02-later/lesson.md:5: C04 is taught in lessons/01-parts/lesson.md:5 already',
      'lessons: no lesson teaches C03',
    ],
  },
  'no README': {
    edits: {
      [`${labFolder}/README.md`]: null,
      'lessons/01-parts/lesson.md': ['/README.md#what-you-write-in-two-files', ''],
    },
    problems: [`${labFolder}/README.md: is missing`],
  },
  'another title': {
    edits: { [`${labFolder}/README.md`]: ['# The average of', '# An average of'] },
    problems: [`${labFolder}/README.md:1: must begin with "# The average of readings", the title in lab.json`],
  },
  'no goal': {
    edits: { [`${labFolder}/README.md`]: [/Say in one[^]*and 5\?\n/, ''] },
    problems: [`${labFolder}/README.md:4: behind the title the goal is missing: a paragraph of one sentence`],
  },
  'a misspelt section': {
    edits: { [`${labFolder}/README.md`]: ['## What is observed', '## What is observd'] },
    problems: [`${labFolder}/README.md:15: expected "## What is observed" here; a README has ${sections}`],
  },
  'a missing section': {
    edits: { [`${labFolder}/README.md`]: [/## When you[^]*/, ''] },
    problems: [`${labFolder}/README.md:19: "## When you are stuck" is missing behind this line`],
  },
  'a section without text': {
    edits: { [`${labFolder}/README.md`]: [/Readings that.*\n/, ''] },
    problems: [`${labFolder}/README.md:19: "Out of scope" has no text`],
  },
  'one section too many': {
    edits: { [`${labFolder}/README.md`]: ['once more.\n', 'once more.\n\n## Further reading\n\nNone.\n'] },
    problems: [`${labFolder}/README.md:27: "Further reading" is one heading too many; a README has ${sections}`],
  },
  'a README of more than a screen': {
    edits: { [`${labFolder}/README.md`]: ['that are no numbers.', `that are ${'no numbers, or none '.repeat(180)}.`] },
    problems: [
      `${labFolder}/README.md:21: line 60 of the README on a screen of 80 columns ends here; it must be no longer`,
    ],
  },
  'no hints': {
    edits: { [`${labFolder}/hints.md`]: null },
    problems: [`${labFolder}/hints.md: is missing`],
  },
  'two rungs': {
    edits: { [`${labFolder}/hints.md`]: [/## What if[^]*/, ''] },
    problems: [`${labFolder}/hints.md:1: has 2 hints (a "## " each), and a ladder has at least 3`],
  },
  'an empty rung': {
    edits: { [`${labFolder}/hints.md`]: [/You need.*\n/, ''] },
    problems: [`${labFolder}/hints.md:7: the hint "Two numbers" has no text`],
  },
  'hints that hold the whole solution': {
    edits: {
      [`${labFolder}/hints.md`]: [
        'return undefined;\n',
        [
          'return undefined;',
          'return total(readings) / readings.length;',
          'const readings: number[] = [];',
          'while (readings.length < count) readings.push(await read());',
          'return average(readings);',
          'return readings.reduce((sum, reading) => sum + reading, 0);',
          '',
        ].join('\n'),
      ],
    },
    problems: [`${labFolder}/hints.md:15: with this block every line of the solution stands in the file`],
  },
  'no WHY': {
    edits: { [`${solution}/WHY.md`]: null },
    problems: [`${solution}/WHY.md: is missing: it says why the solution is as it is`],
  },
  'a WHY without words': {
    edits: { [`${solution}/WHY.md`]: '# Why\n' },
    problems: [`${solution}/WHY.md:1: has no text: it says why the solution is as it is`],
  },
  'a link to nothing': {
    edits: { [`${labFolder}/README.md`]: ['parts/lesson.md#two', 'part/lesson.md#two'] },
    problems: [
      `${labFolder}/README.md:25: the link to "../../../lessons/01-part/lesson.md#two-halves": there is no lessons/01-part/lesson.md`,
    ],
  },
  'a link to a heading that is not there': {
    edits: { 'README.md': ['#two-halves', '#two-halfs'] },
    problems: [
      'README.md:3: the link to "lessons/01-parts/lesson.md#two-halfs": lessons/01-parts/lesson.md has no heading "#two-halfs"; it has #two-halves, #the-whole-program',
    ],
  },
  'links that hold on one machine': {
    edits: { 'README.md': ['(labs/01-parts/1-average/)', '(/labs) and\n`of two\nlines` [two](file:///labs)'] },
    problems: [
      'README.md:3: the link to "/labs" holds on one machine only; write the path from this file\'s folder on',
      'README.md:5: the link to "file:///labs" holds on one machine only; write the path from this file\'s folder on',
    ],
  },
  'links that lead out, nowhere, or are not Markdown': {
    edits: {
      [`${labFolder}/hints.md`]: [
        'with pebbles?',
        'with [a](../../../../b), [c](),\n[d](%E0), ![e](e.png) or <a href="f">g</a>?',
      ],
    },
    problems: [
      `${labFolder}/hints.md:6: a link in HTML is not checked; write it in Markdown`,
      `${labFolder}/hints.md:5: the link to "../../../../b" leads out of the course`,
      `${labFolder}/hints.md:5: a link leads nowhere`,
      `${labFolder}/hints.md:6: the link to "%E0" is not encoded as links are`,
      `${labFolder}/hints.md:6: the link to "e.png": there is no ${labFolder}/e.png`,
    ],
  },
  'a link in a table': {
    edits: { 'README.md': [/$/, '\n| a |\n|---|\n| [b](c.md) |\n'] },
    problems: ['README.md:7: the link to "c.md": there is no c.md'],
  },
  'a quoted line that has changed': {
    edits: { [`${solution}/lab.ts`]: ['=== 0', '< 1'] },
    problems: [
      `${solution}/WHY.md:9: the quote says "if (readings.length === 0) return undefined;" where ${solution}/lab.ts has "if (readings.length < 1) return undefined;"`,
    ],
  },
  'a quote that ends early': {
    edits: { 'lessons/01-parts/lesson.md': ['  return halves.length;\n}\n', ''] },
    problems: [
      'lessons/01-parts/lesson.md:34: the quote of lessons/01-parts/snippets/two.ts ends early; the next line is "return halves.length;"',
    ],
  },
  'a quoted file that is not there': {
    edits: { 'lessons/01-parts/lesson.md': ['snippets/two.ts run', 'snippets/too.ts run'] },
    problems: ['lessons/01-parts/lesson.md:31: quotes lessons/01-parts/snippets/too.ts, which is not there'],
  },
  'a quoted region that is not there': {
    edits: { 'lessons/01-parts/lesson.md': ['two.ts#halves', 'two.ts#quarters'] },
    problems: [
      'lessons/01-parts/lesson.md:13: quotes lessons/01-parts/snippets/two.ts, which has no region "quarters"; it has halves',
    ],
  },
  'a quoted region that does not end': {
    edits: { 'lessons/01-parts/snippets/two.ts': ['  // #endregion\n', ''] },
    problems: [
      'lessons/01-parts/lesson.md:13: quotes lessons/01-parts/snippets/two.ts, which has no // #endregion for its region "halves"',
    ],
  },
  'an unknown word behind a quoted file': {
    edits: { 'lessons/01-parts/lesson.md': ['two.ts run', 'two.ts ran'] },
    problems: [
      'lessons/01-parts/lesson.md:31: "ran" is neither a file (its name has a dot) nor one of the words run, trace, explore, tso, fails',
    ],
  },
  'a trace of what Node does not run': {
    edits: { 'lessons/01-parts/lesson.md': ['snippets/two.ts run', 'snippets/two.py trace'] },
    problems: ['lessons/01-parts/lesson.md:31: "trace" is for TypeScript and JavaScript; snippets/two.py is neither'],
  },
  'an exploration of what no engine takes': {
    edits: { 'lessons/01-parts/lesson.md': ['snippets/two.ts run', 'snippets/two.py explore'] },
    problems: ['lessons/01-parts/lesson.md:31: "explore" is for TypeScript and JavaScript; snippets/two.py is neither'],
  },
  'a scenario that is run': {
    edits: { 'lessons/01-parts/lesson.md': ['snippets/two.ts run', 'snippets/two.ts run explore'] },
    problems: ['lessons/01-parts/lesson.md:31: "explore" is for a scenario, and "run" for a program'],
  },
  'store buffers for nobody': {
    edits: { 'lessons/01-parts/lesson.md': ['snippets/two.ts run', 'snippets/two.ts run tso'] },
    problems: ['lessons/01-parts/lesson.md:31: "tso" says how to explore: write "explore tso"'],
  },
  'a word that needs a file': {
    edits: { 'lessons/01-parts/lesson.md': ['snippets/two.ts run', 'trace'] },
    problems: ['lessons/01-parts/lesson.md:31: "trace" needs a file before it, as in "ts snippets/x.ts trace"'],
  },
  'a demo that is not there': {
    edits: { 'lessons/01-parts/lesson.md': ['demo halves', 'demo halfs'] },
    problems: ['lessons/01-parts/lesson.md:19: there is no demo lessons/01-parts/demos/halfs.ts'],
  },
  'a number of a demo that is not there': {
    edits: { 'lessons/01-parts/lesson.md': ['<!-- halves.ratio', '<!-- halfs.ratio'] },
    problems: [
      'lessons/01-parts/lesson.md:21: there is no demo lessons/01-parts/demos/halfs.ts',
      'lessons/01-parts/lesson.md:23: the lesson records no halves.ratio: where nothing was measured, nobody knows if this is so',
    ],
  },
  'a block that is not closed': {
    edits: { 'lessons/01-parts/lesson.md': ['<!-- end -->\n', ''] },
    problems: ['lessons/01-parts/lesson.md:23: this block has no <!-- end -->'],
  },
  'an end of nothing': {
    edits: { 'lessons/01-parts/lesson.md': [/<!-- when.*\n/, ''] },
    problems: ['lessons/01-parts/lesson.md:26: there is no <!-- when ... --> that ends here'],
  },
  'a wrong solution without a header': {
    edits: { [`${solution}/wrong/gives-up.ts`]: ['// caught by', '// Caught by'] },
    problems: [
      `${solution}/wrong/gives-up.ts:1: the first line must be // caught by "NAME OF THE TEST": WORDS OF ITS MESSAGE`,
    ],
  },
  'a wrong solution that names no test of the suite': {
    edits: { [`${solution}/wrong/starts-at-one/total.ts`]: ['"averages"', '"average"'] },
    problems: [
      `${solution}/wrong/starts-at-one/total.ts:1: lab.json has no test "average"; it has "averages", "has no average of nothing", "reads "count" times"`,
    ],
  },
  'a wrong solution with a word that proves nothing': {
    edits: { [`${solution}/wrong/starts-at-one/total.ts`]: ['what average divides', 'average'] },
    problems: [
      `${solution}/wrong/starts-at-one/total.ts:1: "average" is in too many messages; give at least 2 words of this one`,
    ],
  },
  'too few variants': {
    edits: { [`${solution}/wrong/gives-up.ts`]: null, [`${solution}/right`]: null },
    problems: [
      `${solution}/right: has 0 of at least 2 variants, each another way to solve it`,
      `${solution}/wrong: has 4 of at least 5 variants, each a mistake that learners make`,
    ],
  },
  'a solution that lacks a file': {
    edits: { [`${solution}/total.ts`]: null },
    problems: [`${solution}/total.ts: is missing; lab.json lists it in "files"`],
  },
  'no lab at all': {
    edits: { labs: null, solutions: null, 'README.md': null, 'lessons/01-parts/lesson.md': [/Now do .*\n/, ''] },
    problems: ['labs: holds no lab: an audit of nothing proves nothing'],
  },
};

test.for(Object.entries(mistakes))('%s', ([, { edits, problems }]) => {
  expect(found(plant(edits))).toEqual(problems);
});

test('a lab can be named although its manifest, or another one, cannot be read', () => {
  const root = plant({
    [`${labFolder}/lab.json`]: '{}',
    'labs/02-later/1-other/lab.json': 'no JSON',
  });
  expect(found(root, '01.1')).toEqual([`${labFolder}/lab.json:1: "title" is missing`]);
  expect(() => found(root, '01.2')).toThrow('There is no lab "01.2".');
});

test('line ends of Windows change nothing', () => {
  const edits = ['lessons/01-parts/lesson.md', 'lessons/01-parts/snippets/two.ts', `${labFolder}/README.md`];
  const root = plant(Object.fromEntries(edits.map((file) => [file, [/\n/g, '\r\n'] as const])));
  expect(found(root)).toEqual([]);
});
