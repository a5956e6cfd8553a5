export let calls = 0;

export function countCall(): void {
  calls++;
}
