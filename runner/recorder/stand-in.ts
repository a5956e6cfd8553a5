// Functions that stand in the place of Node's own ones. Not proxies: newer versions of Node print those as such.

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;

type Callable = (...args: never[]) => unknown;

/**
 * @param make makes the function that calls the original one
 * @returns that function; it looks like the original: its name, its length, all that is known of it
 */
export function standIn<F extends Callable>(original: F, make: (original: Callable) => Callable): F {
  const made = make(original);
  for (const key of ownKeys(original)) {
    const descriptor = getOwnPropertyDescriptor(original, key);
    if (descriptor && key !== 'prototype') defineProperty(made, key, descriptor);
  }
  setPrototypeOf(made, getPrototypeOf(original));
  return made as F;
}
