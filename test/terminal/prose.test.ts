import { expect, test } from 'vitest';
import { proseLines } from '../../runner/terminal/prose.ts';
import { plainStyle } from '../../runner/terminal/style.ts';

const text = `# Why

One step cannot be
interrupted, and that is all that there is to it.

- a list item that is long enough to be wrapped
  though it goes on here
- a short one
1. one with a number that is long enough, too

\`\`\`ts
const untouched = 'however long this line of code may be, it stays as it was written';
# no heading
\`\`\`
`;

test('wraps paragraphs and list items, leaves code as it is', () => {
  expect(proseLines(text, 30, plainStyle).join('\n')).toMatchInlineSnapshot(`
    "Why

    One step cannot be
    interrupted, and that is all
    that there is to it.

    - a list item that is long
      enough to be wrapped though
      it goes on here
    - a short one
    1. one with a number that is
       long enough, too

    \`\`\`ts
    const untouched = 'however long this line of code may be, it stays as it was written';
    # no heading
    \`\`\`
    "
  `);
});
