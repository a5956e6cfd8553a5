// A program on strings: it does what the suite tells it to over a socket, one order after the other, and nothing else.
// When the socket is closed it ends.
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [port, name] = process.argv.slice(2);
const strings = connect(Number(port), '127.0.0.1');
const say = (word) => new Promise((resolve) => strings.write(`${JSON.stringify(word)}\n`, resolve));

const orders = {
  /** writes bytes to standard output */
  print: ({ bytes }) => writeAll(1, Buffer.from(bytes, 'hex')),
  /** writes so many KB to standard error, and says after each 16 of them how far it has come */
  async complain({ kilobytes }) {
    for (let written = 0; written < kilobytes; written += 16) {
      writeAll(2, Buffer.alloc(16 * 1024, 'no milk\n'));
      await say(`complained ${written + 16}`);
    }
  },
  /** starts another puppet, which has the same standard output */
  leaveHelper() {
    const helper = spawn(process.execPath, [process.argv[1], port, 'helper'], {
      stdio: ['ignore', 'inherit', 'ignore'],
    });
    helper.unref();
  },
  /** hears SIGTERM from now on, and does not mind */
  resist: () => process.on('SIGTERM', () => void say('heard SIGTERM')),
  exit: ({ code }) => process.exit(code),
  async die({ signal }) {
    process.kill(process.pid, signal);
    await new Promise(() => {});
  },
};

strings.on('error', () => process.exit());
strings.on('close', () => process.exit());
await say(`I am ${name}`);
for await (const line of createInterface({ input: strings })) {
  const order = JSON.parse(line);
  await orders[order.do](order);
  await say(`done ${order.do}`);
}

function writeAll(fd, bytes) {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}
