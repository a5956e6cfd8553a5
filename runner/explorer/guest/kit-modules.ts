// What code that is explored may import beside its own files: the kit of scenarios, and of Node what has no effect outside.
import { createRequire, isBuiltin } from 'node:module';
import type { Namespace } from './modules.ts';

const require = createRequire(import.meta.url);
const pure = new Set([
  'assert',
  'assert/strict',
  'util',
  'path',
  'path/posix',
  'path/win32',
  'url',
  'querystring',
  'string_decoder',
]);

/** @param kit what stands for the functions of `interleave/kit` */
export function importable(specifier: string, kit: Namespace): Namespace | undefined {
  if (specifier === 'interleave/kit' || specifier === 'interleave/kit/scenario') return kit;
  const name = specifier.replace(/^node:/, '');
  if (!isBuiltin(specifier) || !pure.has(name)) return undefined;
  const exports = require(`node:${name}`) as Namespace;
  return { ...exports, default: exports };
}
