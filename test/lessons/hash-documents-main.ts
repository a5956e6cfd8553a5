// `node test/lessons/hash-documents-main.ts FOLDER`: writes the hashes of the documents in a folder (every .txt file) to
// test/fixtures/eight-word-runs.bin.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packHashes } from './eight-word-runs.ts';

const [folder] = process.argv.slice(2);
const files = folder === undefined ? [] : globSync('*.txt', { cwd: folder }).map((name) => join(folder, name));
if (files.length === 0) {
  console.error('No documents. Next: name a folder that holds some, as .txt files.');
  process.exitCode = 2;
} else {
  const packed = packHashes(files.map((file) => readFileSync(file, 'utf8')));
  writeFileSync(join(import.meta.dirname, '../fixtures/eight-word-runs.bin'), packed);
  console.log(`${files.length} documents, ${packed.length} bytes`);
}
