import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { mountTmpfs, noMounts } from "../lab/mounts.ts";
import { startAdapter } from "./adapter.ts";
import { debugs } from "./debugs.ts";
import { type Lair, type LairOptions, makeLair } from "./lair.ts";

/** Something wrong with what is around a launch from its begin to its end. */
export interface Surrounding {
  readonly name: string;
  /** Where in the lair a small filesystem lies, and its options; undefined for no mount. */
  readonly mount?: { readonly at: string; readonly options: string };
  /** Variables that name a folder of the lair, in which go may keep what it likes. */
  readonly folders?: Readonly<Record<string, string>>;
  /** What runs the adapter. */
  readonly inside?: readonly string[];
  /** True where the launch must come to its breakpoint all the same. */
  readonly works: boolean;
}

/** What came of a launch in bad surroundings. */
export interface Survived {
  readonly name: string;
  /** "it comes to its breakpoint", or the error that the client was told. */
  readonly outcome: string;
  readonly left: readonly string[];
  /** Whether it went as it must. */
  readonly well: boolean;
}

const full = "size=64k,mode=0755";

/** The disk is full where Go works, where Delve writes its binary, where we keep what we know; and another clock. */
export const surroundings: readonly Surrounding[] = [
  { name: "the disk is full: TMPDIR", mount: { at: "tmp", options: full }, works: false },
  {
    name: "the disk is full: the folder that Delve builds in",
    mount: { at: "out", options: full },
    works: false,
  },
  {
    name: "the disk is full: GOCACHE",
    mount: { at: "cache", options: full },
    folders: { GOCACHE: "cache/go-build" },
    works: false,
  },
  {
    name: "the disk is full: our own state",
    mount: { at: "state", options: "size=4k,nr_inodes=2" },
    works: true,
  },
  { name: "our own state is read-only", mount: { at: "state", options: "ro" }, works: true },
  {
    name: "a time namespace, 100 days ahead since boot",
    inside: ["unshare", "-T", "--monotonic", "8640000", "--boottime", "8640000"],
    works: true,
  },
];

/** Launches once in such surroundings. Rejects where this machine cannot make them. */
export async function survive(one: Surrounding, dlv: string, options: LairOptions = {}): Promise<Survived> {
  const made = await makeLair(dlv, options);
  const folders = Object.entries(one.folders ?? {}).map(([name, at]) => [name, join(made.folder, at)]);
  const lair: Lair = { ...made, env: { ...made.env, ...Object.fromEntries(folders) } };
  const out = join(lair.folder, "out");
  mkdirSync(out);
  const why = one.mount && noMounts();
  if (why !== undefined) throw new Error(why);
  const unmount = one.mount && mountTmpfs(join(lair.folder, one.mount.at), one.mount.options);
  try {
    // Delve writes what it builds where it runs.
    const adapter = await startAdapter(lair, one.inside, one.mount?.at === "out" ? out : lair.source);
    const outcome = await debugs(lair, adapter).finally(adapter.end);
    const kept = Object.values(one.folders ?? {});
    const files = lair.files().filter((path) => !kept.some((at) => path.startsWith(`${at}/`)));
    const left = [...lair.processes().map(({ name }) => `process ${name}`), ...files];
    const reached = outcome === "it comes to its breakpoint";
    return { name: one.name, outcome, left, well: reached === one.works && left.length === 0 };
  } finally {
    unmount?.();
    lair.remove();
  }
}
