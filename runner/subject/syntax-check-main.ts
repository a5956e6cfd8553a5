// The entry of a throw-away process that parses files and runs none: the first that is no TypeScript ends it, and
// Node prints where it broke. Reading hostile text can crash a parser, so it is done nowhere else.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { SourceTextModule } from 'node:vm';

for (const file of process.argv.slice(2)) {
  const source = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  // Parsed, neither linked nor evaluated.
  void new SourceTextModule(source, { identifier: pathToFileURL(file).href });
}
