import type { ContainerChange } from "../core/fix.ts";
import type { Host, HostName } from "../core/host.ts";
import { hidden, redactText } from "../core/redact.ts";
import type { Made } from "./containerFile.ts";
import { shellLine } from "./shellLine.ts";

const limits = { ms: 10_000, bytes: 1024 * 1024 };

/** The part of `container inspect` that is read; anything may be missing. */
interface Inspected {
  readonly Config?: {
    readonly Labels?: Readonly<Record<string, unknown>> | null;
    readonly CreateCommand?: unknown;
  };
}

/**
 * What docker or podman knows of the container that dlv runs in. `near` is where these tools are. Never rejects: what
 * cannot be asked is not known.
 */
export async function containerMade(container: HostName | undefined, near: Host): Promise<Made> {
  if (container === undefined || !["docker", "podman", "kubectl"].includes(container.kind)) return {};
  const { kind, name } = container;
  if (kind === "kubectl") return { name };
  try {
    const { code, stdout } = await near.run({ argv: [kind, "container", "inspect", name] }, limits);
    if (code !== 0) return { name };
    const found: readonly Inspected[] = JSON.parse(stdout);
    const { Labels, CreateCommand: command } = found[0]?.Config ?? {};
    const service = Labels?.["com.docker.compose.service"];
    return {
      name,
      service: typeof service === "string" ? service : "",
      ...(isTexts(command) && { command }),
    };
  } catch {
    return { name };
  }
}

/** The options of `run` and `create` that make a change. */
const flags: Readonly<Record<ContainerChange, readonly string[]>> = {
  "sys-ptrace": ["--cap-add=SYS_PTRACE"],
  "no-seccomp": ["--security-opt=seccomp=unconfined"],
  init: ["--init"],
  "no-probes": [],
};

/**
 * The command that made the container, with the change. Undefined where the tool does not remember it (Docker never does)
 * or where it is no run or create. Values of its environment are hidden: whoever reads along must not learn them.
 */
export function runLine({ command }: Made, change: ContainerChange): string | undefined {
  const verb = command?.findIndex((word) => word === "run" || word === "create") ?? -1;
  if (command === undefined || verb < 0) return undefined;
  const without = change === "no-seccomp" ? withoutSeccomp(command) : command;
  const at = without.findIndex((word) => word === "run" || word === "create") + 1;
  const shown = [...without.slice(0, at), ...flags[change], ...without.slice(at)];
  return redactText(shellLine(shown.map((word, index) => maskedWord(word, shown[index - 1] ?? ""))));
}

function withoutSeccomp(command: readonly string[]): string[] {
  return command.filter((word, index) => {
    const value =
      /^--security-opt=(.*)/.exec(word)?.[1] ?? (command[index - 1] === "--security-opt" ? word : "");
    const next = word === "--security-opt" ? (command[index + 1] ?? "") : "";
    return !/^seccomp[=:]/.test(value) && !/^seccomp[=:]/.test(next);
  });
}

function maskedWord(word: string, before: string): string {
  const value = before === "-e" || before === "--env" ? word : /^(?:-e|--env=)(.*)/.exec(word)?.[1];
  const at = value?.indexOf("=") ?? -1;
  if (value === undefined || at < 0) return word;
  return word.slice(0, word.length - value.length + at + 1) + hidden;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
