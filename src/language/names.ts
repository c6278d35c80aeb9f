import { homedir } from "node:os";
import { localHost } from "../hosts/local.ts";
import { namesOf } from "../hosts/ssh/aliases.ts";
import { thisMachine } from "../hosts/ssh/thisMachine.ts";

/** How long (ms) a container tool may take to answer, and how long its answer counts. */
const patienceMs = 2000;
const freshMs = 30_000;

/** The names of the hosts there are of a kind; undefined where nobody can tell. */
export function openNames(): (kind: string) => Promise<readonly string[] | undefined> {
  const told = new Map<
    string,
    { readonly at: number; readonly names: Promise<readonly string[] | undefined> }
  >();
  return (kind) => {
    if (kind === "ssh") return namesOf(thisMachine());
    const before = told.get(kind);
    if (before !== undefined && performance.now() - before.at < freshMs) return before.names;
    const names = running(kind);
    told.set(kind, { at: performance.now(), names });
    return names;
  };
}

/** The containers that run, by name. The tool runs at home, so that nothing of the workspace is taken for it. */
async function running(tool: string): Promise<readonly string[] | undefined> {
  const argv = [tool, "ps", "--format", "{{.Names}}"];
  const limits = { ms: patienceMs, bytes: 64 * 1024 };
  const said = await localHost.run({ argv, cwd: homedir() }, limits).catch(() => undefined);
  if (said?.code !== 0 || said.timedOut) return undefined;
  return said.stdout.split(/[\n,]/).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
}
