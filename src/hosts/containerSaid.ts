import { say } from "../core/say.ts";

/** The tools that run a program in a container or a pod. */
export type ContainerTool = "docker" | "podman" | "kubectl";

/** What a tool's words about a container come to: which stage failed, and what can be done. */
interface Meaning {
  readonly text: RegExp;
  readonly stage: "tool" | "container" | "shell";
  tell(name: string, match: RegExpExecArray): string;
}

/** A container, or a pod and perhaps one of its containers, and the tool that reaches it. */
export interface Place {
  readonly tool: ContainerTool;
  /** As it was asked for: "api", "shop/api-7d4/app". */
  readonly name: string;
  /** The words that name it to the tool: ["api"], or ["-n", "shop", "api-7d4", "-c", "app"]. */
  readonly words: readonly string[];
}

function noShell({ tool, name, words }: Place): string {
  if (tool === "podman") return say`there is no sh in ${name}; make it from an image that has one`;
  if (tool === "docker") return say`there is no sh in ${name}; "docker debug ${name}" brings one along`;
  const target = words.at(-2) === "-c" ? (words.at(-1) ?? "") : "CONTAINER";
  const pod = words.filter((word, index) => word !== "-c" && words[index - 1] !== "-c").join(" ");
  return say`there is no sh in ${name}; "kubectl debug -it ${pod} --image=busybox --target=${target}" brings one along`;
}

/**
 * The words of podman 4.3, docker 28 and kubectl 1.32 about an exec that did not come to pass, the first that fits
 * counts. Those of a running Docker daemon and of a cluster are from documented output.
 */
const meanings: Readonly<Record<ContainerTool, readonly Meaning[]>> = {
  docker: [
    {
      text: /permission denied while trying to connect/i,
      stage: "tool",
      tell: () =>
        say`this user may not use Docker's socket; membership in the group docker, or a rootless Docker, allows it`,
    },
    {
      text: /Cannot connect to the Docker daemon at (\S+?)\.? |error during connect/,
      stage: "tool",
      tell: (_, [, at]) =>
        at === undefined ? say`no Docker daemon answers` : say`no Docker daemon answers at ${at}`,
    },
    missing(/No such container/i),
  ],
  podman: [
    {
      text: /unable to connect to Podman|cannot connect to Podman/i,
      stage: "tool",
      tell: () => say`no Podman service answers; podman machine start, or podman system connection list`,
    },
    missing(/no such container|no container with name or ID/i),
  ],
  kubectl: [
    {
      text: /\(Unauthorized\)|must be logged in to the server|provide credentials/,
      stage: "tool",
      tell: () => say`the cluster does not accept the credentials of the current context; log in anew`,
    },
    {
      text: /\(Forbidden\).*?(cannot \w+ resource "[^"]+"(?: in API group "[^"]*")?(?: in the namespace "[^"]+")?)/,
      stage: "tool",
      tell: (_, [, what = ""]) =>
        say`the current context's user ${what}; its role must allow create on pods/exec`,
    },
    {
      text: /connection to the server (\S+) was refused|Unable to connect to the server: (.+)/,
      stage: "tool",
      tell: (_, [, at, why = ""]) =>
        at === undefined ? say`no cluster answers: ${why}` : say`no cluster answers at ${at}`,
    },
    {
      text: /context "([^"]+)" does not exist/,
      stage: "tool",
      tell: (_, [, at = ""]) => say`there is no context ${at}`,
    },
    missing(/pods? "[^"]+" not found|pod does not exist/),
    {
      text: /container (\S+) is not valid for pod (\S+)/,
      stage: "container",
      tell: (_, [, one = "", pod = ""]) => say`there is no container ${one} in pod ${pod}`,
    },
    {
      text: /completed pod; current phase is (\w+)/,
      stage: "container",
      tell: (name, [, phase = ""]) => say`${name} is not running: its phase is ${phase}`,
    },
    {
      text: /pod \S+ does not have a host assigned/,
      stage: "container",
      tell: (name) => say`${name} is not running: it is not scheduled yet`,
    },
    {
      text: /container not found \("([^"]+)"\)/,
      stage: "container",
      tell: (name, [, one = ""]) =>
        say`${name} is not running: its container ${one} is not started or starts over`,
    },
  ],
};

function missing(text: RegExp): Meaning {
  return { text, stage: "container", tell: (name) => say`there is no ${name}` };
}

const shellMissing =
  /exec: "sh": (?:executable file not found|stat \S+ no such file)|sh: no such file or directory/;

/**
 * Says in one line why an exec did not come to pass, and at which stage: the tool, the container or its shell. `state` is the
 * container's where the tool could still say it.
 */
export function whyNot(place: Place, said: string, code: number | null, state?: string): string {
  const { tool, name } = place;
  const what = tool === "kubectl" ? say`pod ${name}` : say`container ${name}`;
  if (state !== undefined && state !== "running")
    return `container: ${say`${what} is not running: it is ${state}`}`;
  if (shellMissing.test(said)) return `shell: ${noShell(place)}`;
  for (const { text, stage, tell } of meanings[tool]) {
    const match = text.exec(said);
    if (match !== null) return `${stage}: ${tell(what, match)}`;
  }
  const last = said.trim().split("\n").at(-1) ?? "";
  const ended = say`${tool} exec in ${what} ended with exit code ${String(code)}`;
  return `container: ${last === "" ? ended : `${ended}: ${last}`}`;
}

/**
 * The containers that kubectl chose one from, where it had several to choose from and neither the command nor the pod's
 * annotation named one. Init containers have ended and debug containers are not what one debugs.
 */
export function choice(said: string): readonly string[] {
  const all = /Defaulted container "[^"]+" out of: (.+)/.exec(said)?.[1] ?? "";
  const running = all.split(", ").filter((one) => one !== "" && !/ \((?:init|ephem)\)$/.test(one));
  return running.length > 1 ? running : [];
}
