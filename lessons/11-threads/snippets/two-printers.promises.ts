import { setTimeout as sleep } from 'node:timers/promises';

export async function printTogether(print: Print): Promise<void> {
  const texts = ['12345', 'abcde'];
  await Promise.all(texts.map((text) => printSlowly(text, print)));
}

async function printSlowly(text: string, print: Print): Promise<void> {
  for (const character of text) {
    print(character);
    await sleep(20);
  }
}

type Print = (character: string) => void;
