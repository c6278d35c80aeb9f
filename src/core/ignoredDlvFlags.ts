/**
 * The flags that `dlv dap` accepts and ignores (cmd/dlv/cmds/commands.go, dapCmd of Delve 1.27.1), each with whether a value
 * may stand in the word behind it.
 */
const ignored: Readonly<Record<string, boolean>> = {
  "--accept-multiclient": false,
  "--allow-non-terminal-interactive": false,
  "--api-version": true,
  "--backend": true,
  "--build-flags": true,
  "--headless": false,
  "--init": true,
  "--redirect": true,
  "--wd": true,
  "-r": true,
};

/** The flags that golang.go and we set ourselves, behind all others: the last one wins. */
const overridden: Readonly<Record<string, boolean>> = { "--listen": true, "-l": true };

/** Words of `dlvFlags` by what they do: the names of the flags, and the indices of their words, values included. */
export interface FlagsFound {
  readonly names: readonly string[];
  readonly indices: readonly number[];
}

/** Which words of `dlvFlags` dlv dap accepts and ignores. */
export function ignoredFlags(words: readonly unknown[]): FlagsFound {
  return pick(words, ignored);
}

/** Which words of `dlvFlags` do nothing, because the same flag is set again behind them; `logs`: --log-dest is, too. */
export function overriddenFlags(words: readonly unknown[], logs: boolean): FlagsFound {
  return pick(words, logs ? { ...overridden, "--log-dest": true } : overridden);
}

function pick(words: readonly unknown[], table: Readonly<Record<string, boolean>>): FlagsFound {
  const names = new Set<string>();
  const indices: number[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (typeof word !== "string") continue;
    const [name = ""] = word.split("=", 1);
    if (!Object.hasOwn(table, name)) continue;
    names.add(name);
    indices.push(index);
    if (!table[name] || word.includes("=") || index + 1 >= words.length) continue;
    index += 1;
    indices.push(index);
  }
  return { names: [...names], indices };
}
