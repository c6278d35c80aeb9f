import { createHash, randomInt } from "node:crypto";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../core/config.ts";
import { builtPackage, delveGoArgs, loadFlags } from "../core/goBuild.ts";
import { planned } from "../core/launch.ts";
import { builtOf, type DlvPlan, type Env } from "../proxy/plan.ts";

/** What Delve builds for a launch, and where. */
export interface Recipe {
  /** The same for two launches that build the same package in the same way; a file name. */
  readonly key: string;
  /** Where Delve is to write the binary. */
  readonly binary: string;
  /** True where nobody chose that place: the binary's name is then ours. */
  readonly ours: boolean;
  /** The directory of the build. */
  readonly dir: string;
  /** The package or file that is built, as Delve hands it to go. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** The words after `go` that build into a file; `extra` are flags before Delve's. */
  readonly goArgs: (output: string, extra?: readonly string[]) => readonly string[];
  /** In mode test, the words after `go` that count the test files. */
  readonly countTests?: readonly string[];
}

/** Variables that decide what go builds. They need not be complete: go looks at all of them itself. */
const deciding = /^(GO|CGO_|CC$|CXX$)/;

/** How many names os.CreateTemp can make up: a 32-bit number follows the prefix. */
const names = 2 ** 32;

/**
 * The recipe of a launch in which Delve builds; undefined for another, and for one where go does not see all that the binary
 * is made of: a -toolexec may put anything in. `env` is what the build inherits where the plan only adds to it. Delve sets
 * CGO_CFLAGS where nobody did (cmd/dlv/main.go). Only on Linux can a binary be looked into (linkedByGo.ts).
 */
export function recipeOf(args: Config, plan: DlvPlan, folder: string, env: Env): Recipe | undefined {
  if (plan.kind === "connect" || process.platform !== "linux") return undefined;
  // What the client asks for counts: the plan may be older than that.
  const built = builtOf(args, plan.cwd);
  if (built === undefined) return undefined;
  const launch = planned(args, folder);
  const inherited = plan.kind === "spawn" ? plan.env : { ...env, ...plan.env };
  const given = Object.entries(launch.env).filter(([name]) => deciding.test(name));
  const words = delveGoArgs(launch, "");
  if ([...words, inherited["GOFLAGS"]].some((word) => word?.includes("-toolexec"))) return undefined;
  const { dir, output } = built;
  return {
    key: createHash("sha256")
      .update(JSON.stringify([dir, words, given.sort()]))
      .digest("hex")
      .slice(0, 32),
    binary: output ?? join(seenFrom(dir, plan.kind), `__debug_bin${randomInt(names)}`),
    ours: output === undefined,
    dir,
    program: builtPackage(launch),
    env: { CGO_CFLAGS: "-O0 -g", ...strings(inherited) },
    goArgs: (to, extra) => delveGoArgs(launch, to, extra),
    ...(launch.mode === "test" && {
      countTests: [
        ...["list", "-f", "{{len .TestGoFiles}} {{len .XTestGoFiles}}"],
        ...[...loadFlags(launch), builtPackage(launch)],
      ],
    }),
  };
}

/** Delve asks the kernel where it is, which knows no symbolic links; in a terminal a shell says it in PWD (os.Getwd). */
function seenFrom(dir: string, kind: "spawn" | "terminal"): string {
  if (kind === "terminal") return dir;
  try {
    return realpathSync(dir);
  } catch {
    return dir;
  }
}

function strings(env: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
