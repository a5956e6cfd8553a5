import { expect, test } from 'vitest';
import { styleFor } from '../../runner/terminal/style.ts';

test.each([
  [{ isTTY: true }, { TERM: 'xterm' }, true],
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{ isTTY: true }, { NO_COLOR: '1', TERM: 'xterm' }, false],
  [{ isTTY: true }, { NO_COLOR: '', TERM: 'xterm' }, true],
  [{ isTTY: false }, { TERM: 'xterm' }, false],
  [{}, { TERM: 'xterm' }, false],
  [{ isTTY: false }, { FORCE_COLOR: '1' }, true],
  [{ isTTY: false }, { FORCE_COLOR: '' }, true],
  [{ isTTY: true }, { FORCE_COLOR: '0', TERM: 'xterm' }, false],
  [{ isTTY: true }, { FORCE_COLOR: '1', TERM: 'dumb' }, true],
  [{ isTTY: true }, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('%j with %j: colour %s', (output, env, hasColour) => {
  const style = styleFor(output, env);
  expect(style.hasColour).toBe(hasColour);
  expect(style.bad('x')).toBe(hasColour ? '\x1b[31mx\x1b[39m' : 'x');
});
