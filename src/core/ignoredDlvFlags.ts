/**
 * The flags that `dlv dap` accepts and ignores (cmd/dlv/cmds/commands.go, dapCmd of Delve 1.27.1), each with whether a value
 * may stand in the word behind it.
 */
const ignored: Readonly<Record<string, boolean>> = {
  "--accept-multiclient": false,
  "--api-version": true,
  "--backend": true,
  "--build-flags": true,
  "--continue": false,
  "--headless": false,
  "--init": true,
  "--wd": true,
};

/** Which words of `dlvFlags` do nothing: the names of the flags, and the indices of their words, values included. */
export function ignoredFlags(words: readonly unknown[]): {
  readonly names: readonly string[];
  readonly indices: readonly number[];
} {
  const names = new Set<string>();
  const indices: number[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (typeof word !== "string") continue;
    const [name = ""] = word.split("=", 1);
    if (!Object.hasOwn(ignored, name)) continue;
    names.add(name);
    indices.push(index);
    if (!ignored[name] || word.includes("=") || index + 1 >= words.length) continue;
    index += 1;
    indices.push(index);
  }
  return { names: [...names], indices };
}
