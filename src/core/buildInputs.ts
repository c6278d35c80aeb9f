/**
 * What a build depends on besides its sources, by name: a variable of go's, a flag with its dash, a place. An empty text is
 * not there. What may be secret is a hash.
 */
export type BuildInputs = Readonly<Record<string, string>>;

/** The inputs of the last launch of a configuration that came to its goal, and when the last one did (ms since 1970). */
export interface LastBuild {
  readonly at: number;
  readonly inputs: BuildInputs;
}

/** One input that is not what it was. `reach`: it is part of the cache key of every package, or of some. */
export interface InputChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly reach: "all" | "some";
}

/** The names of what is no variable and no flag. */
export const cacheMade = "the build cache";
export const moduleRoot = "the module's directory";

/** Variables of go's that decide what its cache has for a build. Those that may hold anything are kept as hashes. */
export const inputVariables = {
  shown: [
    ...["GOVERSION", "GOCACHE", "GOMODCACHE", "GOWORK", "GOOS", "GOARCH", "GOEXPERIMENT", "GOFIPS140"],
    ...["GOAMD64", "GOARM", "GOARM64", "GO386", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64", "GOWASM"],
    "CGO_ENABLED",
  ],
  hashed: ["CC", "CXX", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS"],
} as const;

/**
 * What makes go compile the standard library anew (cmd/go/internal/work, buildActionID; tried with Go 1.26). cgo's
 * variables, tags and -cover reach the packages that they are about and what imports them.
 */
const wideVariables =
  /^(?:GOVERSION|GOCACHE|GOOS|GOARCH|GOEXPERIMENT|GOAMD64|GOARM|GOARM64|GO386|GOMIPS|GOMIPS64|GOPPC64|GORISCV64|GOWASM)$/;

/** The flags of the same kind. */
export const wideFlags =
  /^-(?:race|msan|asan|trimpath|buildmode|linkshared|compiler|gccgoflags|toolexec|pgo)$/;

/** FNV-1a in 32 bits: enough to tell that a value has changed, too little to find a secret by. Empty for an empty text. */
export function hashed(text: string): string {
  if (text === "") return "";
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return `#${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

/** True for a value that is kept as a hash. */
export function isHashed(value: string): boolean {
  return /^(?:all=|std=)?#[0-9a-f]{8}$/.test(value);
}

/** What has changed. A cache in another place is another cache, so that it was made since says nothing more. */
export function changedInputs(before: BuildInputs, now: BuildInputs): InputChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const moved = before["GOCACHE"] !== now["GOCACHE"];
  return [...names].sort().flatMap((name) => {
    const [from, to] = [before[name] ?? "", now[name] ?? ""];
    if (from === to || (name === cacheMade && (moved || from === "" || to === ""))) return [];
    return [{ name, from, to, reach: reachOf(name, `${from} ${to}`) }];
  });
}

function reachOf(name: string, values: string): "all" | "some" {
  const isWide = name === cacheMade || wideVariables.test(name) || wideFlags.test(name);
  return isWide || /(?:^| )(?:all|std)=#/.test(values) ? "all" : "some";
}
