// TypeScript that goes to JavaScript: by stripping where that is enough, so that columns stay, and by more where not.
import { expect, test } from 'vitest';
import { plainJavaScript } from '../../runner/subject/plain-javascript.ts';

const url = 'file:///stage/lab.ts';

test('types alone leave every character in its place', () => {
  const source = 'export const double = (x: number): number =>\n  2 * x;';
  const stripped = plainJavaScript(url, source);
  expect(stripped.slice(0, source.length)).toBe('export const double = (x        )         =>\n  2 * x;');
});

test.each([
  ['an enum', 'enum A { B, C }\nexport const got = A.C;', 1],
  ['a parameter property', 'class A { constructor(readonly b: number) {} }\nexport const got = new A(2).b;', 2],
  ['a namespace', 'namespace A { export const b = 3; }\nexport const got = A.b;', 3],
])('%s is what TypeScript makes of it, and tells the lines that the learner wrote', async (_, source, value) => {
  const code = plainJavaScript(url, source);
  const { got } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { got: unknown };
  expect(got).toBe(value);
  const map = /sourceMappingURL=data:application\/json;base64,(.+)/.exec(code)?.[1] ?? '';
  expect(JSON.parse(Buffer.from(map, 'base64').toString())).toMatchObject({ sources: [url] });
});

test.each([
  ['types', 'const a: number = 1;\nconst b = ;\n', 2],
  ['an enum', 'enum A {}\n\nconst b = ;\n', 3],
  ['an enum twice', 'enum A {}\nconst b = 1;\nconst b = 2;\n', 3],
])('where a mistake beside %s is stands first in what it throws', (_, source, line) => {
  let thrown: unknown;
  try {
    plainJavaScript(url, source);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(SyntaxError);
  const { stack = '' } = thrown as Error;
  expect(stack.split('\n')[0]).toBe(`${url}:${line}`);
  expect(stack).toContain('\nconst b = ');
});
