// The entry of a throw-away process that parses files and runs none: the first that is no TypeScript ends it, and
// Node prints where it broke. Reading hostile text can crash a parser, so it is done nowhere else.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { SourceTextModule } from 'node:vm';
import { plainJavaScript } from './plain-javascript.ts';

for (const file of process.argv.slice(2)) {
  const identifier = pathToFileURL(file).href;
  // Parsed, neither linked nor evaluated.
  void new SourceTextModule(plainJavaScript(identifier, readFileSync(file, 'utf8')), { identifier });
}
