// A moment in the learner's time zone, as part of a file's name and as words. It knows nothing of files.

/**
 * `2026-11-21T09-40-12`: a name that every file system takes.
 * @param ms since 1970
 */
export function dateForName(ms: number): string {
  const { day, hour, minute, second } = partsOf(ms);
  return `${day}T${hour}-${minute}-${second}`;
}

/**
 * `2026-11-21, 09:40`
 * @param ms since 1970
 */
export function dateInWords(ms: number): string {
  const { day, hour, minute } = partsOf(ms);
  return `${day}, ${hour}:${minute}`;
}

function partsOf(ms: number) {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    day: [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-'),
    hour: two(date.getHours()),
    minute: two(date.getMinutes()),
    second: two(date.getSeconds()),
  };
}
