import { createHash, randomInt } from "node:crypto";
import { join } from "node:path";
import type { Config } from "../core/config.ts";
import { delveGoArgs } from "../core/goBuild.ts";
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
  readonly env: Readonly<Record<string, string>>;
  /** The words after `go` that build into a file; `extra` are flags before Delve's. */
  readonly goArgs: (output: string, extra?: readonly string[]) => readonly string[];
}

/** Variables that decide what go builds. They need not be complete: go looks at all of them itself. */
const deciding = /^(GO|CGO_|CC$|CXX$)/;

/** How many names os.CreateTemp can make up: a 32-bit number follows the prefix. */
const names = 2 ** 32;

/**
 * The recipe of a launch in which Delve builds; undefined for another. `env` is what the build inherits where the plan
 * only adds to it. Delve sets CGO_CFLAGS where nobody did (cmd/dlv/main.go).
 */
export function recipeOf(args: Config, plan: DlvPlan, folder: string, env: Env): Recipe | undefined {
  if (plan.kind === "connect") return undefined;
  // What the client asks for counts: the plan may be older than that.
  const built = builtOf(args, plan.cwd);
  if (built === undefined) return undefined;
  const { dir, output } = built;
  const launch = planned(args, folder);
  const given = Object.entries(launch.env).filter(([name]) => deciding.test(name));
  const what = [dir, delveGoArgs(launch, ""), given.sort()];
  return {
    key: createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 32),
    binary: output ?? join(dir, `__debug_bin${randomInt(names)}`),
    ours: output === undefined,
    dir,
    env: { CGO_CFLAGS: "-O0 -g", ...(plan.kind === "spawn" ? plan.env : { ...strings(env), ...launch.env }) },
    goArgs: (to, extra) => delveGoArgs(launch, to, extra),
  };
}

function strings(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
