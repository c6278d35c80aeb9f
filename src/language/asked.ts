/** Answers that are looked up once somebody has asked for them, and are there at once when they are asked for again. */
export interface Asked<V> {
  /** Undefined while nobody has looked, and where nobody can tell. */
  get(key: string): V | undefined;
  /** Looks up what was asked for since the last time; true where there is something new to ask again for. */
  settle(): Promise<boolean>;
  forget(): void;
}

/** `answer` gets all that is asked for at once; what it leaves out is not to be known. It must not reject. */
export function openAsked<V>(answer: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>): Asked<V> {
  let known = new Map<string, V | undefined>();
  const wanted = new Set<string>();
  return {
    get(key) {
      if (!known.has(key)) wanted.add(key);
      return known.get(key);
    },
    async settle() {
      if (wanted.size === 0) return false;
      const keys = [...wanted];
      wanted.clear();
      const current = known;
      const found = await answer(keys);
      for (const key of keys) current.set(key, found.get(key));
      // What was forgotten meanwhile is asked for anew.
      return current !== known || found.size > 0;
    },
    forget() {
      known = new Map();
    },
  };
}

/** Answers one by one, for what needs no common way. */
export function each<V>(
  one: (key: string) => Promise<V | undefined>,
): (keys: readonly string[]) => Promise<ReadonlyMap<string, V>> {
  return async (keys) => {
    const found = new Map<string, V>();
    await Promise.all(
      keys.map(async (key) => {
        const value = await one(key).catch(() => undefined);
        if (value !== undefined) found.set(key, value);
      }),
    );
    return found;
  };
}
