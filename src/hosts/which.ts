import type { Person } from "./channel.ts";
import { openContainer } from "./container.ts";
import { type Machine, machineOver } from "./machine.ts";
import type { openSsh as OpenSsh } from "./ssh/open.ts";

/** A word of `--on`, taken apart. */
export type Spec =
  | { readonly kind: "local" }
  | { readonly kind: "ssh" | "docker" | "podman" | "kubectl"; readonly name: string };

/** Reads a word of `--on`: local, ssh:ALIAS, docker:NAME, podman:NAME or kubectl:[NAMESPACE/]POD[/CONTAINER]. Else undefined. */
export function specOf(word: string): Spec | undefined {
  if (word === "local") return { kind: "local" };
  const [, kind, name] = /^(ssh|docker|podman|kubectl):(.+)$/s.exec(word) ?? [];
  if (name === undefined) return undefined;
  return { kind: kind as Exclude<Spec["kind"], "local">, name };
}

/** The SSH library takes longer to load than all the rest together: it is loaded by whoever needs it, when they do. */
const openSsh: typeof OpenSsh = async (...words) => (await import("./ssh/open.ts")).openSsh(...words);

/** What opening a machine needs. `signal` ends the attempt. */
export interface Opening {
  readonly person: Person;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Connects to a machine. Rejects with one line that names the host and the stage; nothing is left then. */
export async function openMachine(
  { kind, name }: Exclude<Spec, { kind: "local" }>,
  { person, env, signal }: Opening,
): Promise<Machine> {
  const transport =
    kind === "ssh"
      ? await openSsh(name, { person, env, signal })
      : await openContainer(kind, name, { env, signal });
  const cancel = () => void transport.close();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel);
  try {
    const machine = await machineOver(transport);
    signal.throwIfAborted();
    return machine;
  } catch (error) {
    await transport.close();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
