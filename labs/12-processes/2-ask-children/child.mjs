// A child on strings: it tells the suite what it was asked, and answers when it is told to. When the socket is closed it
// ends.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { deserialize, serialize } from 'node:v8';

const strings = connect(Number(process.env.INTERLEAVE_STRINGS), '127.0.0.1');
const asked = [];

const orders = {
  /** to the question at `index`, counted from 0 */
  answer: ({ index, value }) => send({ id: asked[index]?.id, answer: deserialize(Buffer.from(value, 'hex')) }),
  echo: ({ index }) => send({ id: asked[index]?.id, answer: asked[index]?.question }),
  fail: ({ index, reason }) => send({ id: asked[index]?.id, error: new RangeError(reason) }),
  exit: ({ code }) => process.exit(code),
  async die({ signal }) {
    process.kill(process.pid, signal);
    await new Promise(() => {});
  },
};

process.on('message', (message) => {
  asked.push(message);
  say({ asked: serialize(message).toString('hex') });
});
// It minds, but not before the suite has let it.
process.on('SIGTERM', () => say({ heard: 'SIGTERM' }));
strings.on('error', () => process.exit());
strings.on('close', () => process.exit());
say({ here: process.pid, args: process.argv.slice(2) });
for await (const line of createInterface({ input: strings })) {
  const order = JSON.parse(line);
  await orders[order.do](order);
  say(`done ${order.do}`);
}

function say(word) {
  strings.write(`${JSON.stringify(word)}\n`);
}

function send(message) {
  return new Promise((resolve) => process.send(message, resolve));
}
