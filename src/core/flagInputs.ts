import { type BuildInputs, hashed, wideFlags } from "./buildInputs.ts";
import { flagName, flagWords } from "./goBuild.ts";

/** Flags that reach some packages, or as many as their own value says. */
const otherFlags = /^-(?:tags|mod|modfile|overlay|cover|covermode|coverpkg|gcflags|asmflags)$/;
const switches = /^-(?:race|msan|asan|trimpath|linkshared|cover)$/;

/** Flags whose values hold nothing but words of go's and of the build's own. */
const plainFlags = /^-(?:tags|mod|buildmode|compiler|covermode)$/;

/** The flags that decide what the cache has for a build; what stands in `buildFlags` takes the place of GOFLAGS. */
export function flagInputs(goFlags: string, buildFlags: unknown): BuildInputs {
  return { ...readFlags(flagWords(goFlags)), ...readFlags(flagWords(buildFlags)) };
}

function readFlags(words: readonly string[]): Record<string, string> {
  const inputs: Record<string, string> = {};
  words.forEach((word, index) => {
    const name = `-${flagName(word) ?? ""}`;
    if (!wideFlags.test(name) && !otherFlags.test(name)) return;
    const equals = word.indexOf("=");
    const value =
      equals >= 0 ? word.slice(equals + 1) : switches.test(name) ? "true" : (words[index + 1] ?? "");
    inputs[name] = shownValue(name, value);
  });
  return inputs;
}

/** A switch is there or not; the pattern of packages before a tool's flags says whom they are for. */
function shownValue(name: string, value: string): string {
  if (switches.test(name)) return /^(?:0|f|false)$/i.test(value) ? "" : "on";
  if (plainFlags.test(name) || value === "") return value;
  const pattern = /^-(?:gcflags|asmflags)$/.test(name) ? /^(?:all|std)=/.exec(value)?.[0] : undefined;
  return `${pattern ?? ""}${hashed(value)}`;
}
