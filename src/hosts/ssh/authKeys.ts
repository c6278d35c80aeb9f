import ssh2, { type AnyAuthMethod, type BaseAgent, type ParsedKey } from "ssh2";
import { say } from "../../core/say.ts";
import type { Person } from "../channel.ts";
import { within } from "../within.ts";
import { attemptsOf, type KeyFile } from "./keys.ts";
import type { Keyring } from "./secrets.ts";
import type { SshTarget } from "./target.ts";

/** One try to log in. `method` is SSH's name of it, `label` is what a person reads when all have failed. */
export interface Step {
  readonly method: "publickey" | "keyboard-interactive" | "password";
  readonly label: string;
  /** Undefined where it cannot be tried after all, such as a key whose passphrase nobody knows. */
  prepare(): Promise<AnyAuthMethod | undefined>;
}

/** What a log-in needs from outside. */
export interface AuthContext {
  readonly person: Person;
  readonly keys: readonly KeyFile[];
  readonly keyring: Keyring;
  /** A question is being asked: the server's time does not run. */
  readonly asking: (asked: Promise<unknown>) => void;
}

/** Every key there is for a target, in OpenSSH's order. */
export async function keySteps(
  target: Pick<SshTarget, "agent" | "identitiesOnly" | "user">,
  context: AuthContext,
): Promise<Step[]> {
  const agent = target.agent.kind === "socket" ? ssh2.createAgent(target.agent.path) : undefined;
  const held = agent === undefined ? [] : await identities(agent);
  const blobs = held.map((key) => key.getPublicSSH());
  return attemptsOf(context.keys, blobs, target.identitiesOnly).flatMap((attempt): Step[] => {
    if (attempt.from === "file") return fileStep(target.user, attempt.file, context);
    const key = held.find((one) => one.getPublicSSH().equals(attempt.publicBlob));
    if (agent === undefined || key === undefined) return [];
    return [
      {
        method: "publickey",
        label: say`the agent's key ${key.comment || key.type}`,
        prepare: () => Promise.resolve({ type: "agent", username: target.user, agent: onlyWith(agent, key) }),
      },
    ];
  });
}

/** A key that no agent holds. The server is asked about its public half first, and a passphrase only if that is welcome. */
function fileStep(username: string, file: KeyFile, { keyring, asking }: AuthContext): Step[] {
  if (file.state !== "plain" && file.state !== "encrypted") return [];
  const label = say`the key ${file.path}`;
  const open = (): Promise<ParsedKey | undefined> => {
    const asked = keyring.open(file);
    if (file.state === "encrypted") asking(asked);
    return asked;
  };
  const publicHalf = file.publicBlob === undefined ? undefined : parsePublic(file.type, file.publicBlob);
  return [
    {
      method: "publickey",
      label,
      async prepare() {
        if (file.state === "encrypted" && publicHalf !== undefined)
          return { type: "agent", username, agent: signingWith(publicHalf, open) };
        const key = await open();
        return key === undefined ? undefined : { type: "publickey", username, key };
      },
    },
  ];
}

/** The same agent, holding one key only: the order of the tries is ours, not the agent's. */
function onlyWith(agent: BaseAgent, key: ParsedKey): BaseAgent {
  const one: BaseAgent = Object.create(agent);
  one.getIdentities = (answer) => answer(null, [key]);
  return one;
}

/** A key file in the shape of an agent, because ssh2 asks an agent to sign only after the server took the public key. */
function signingWith(publicHalf: ParsedKey, open: () => Promise<ParsedKey | undefined>): BaseAgent {
  const agent: BaseAgent = Object.create(ssh2.BaseAgent.prototype);
  agent.getIdentities = (answer) => answer(null, [publicHalf]);
  agent.sign = (_key: unknown, data: Buffer, options: unknown, answer?: unknown) => {
    const done = typeof answer === "function" ? answer : options;
    if (typeof done !== "function") return;
    const hash =
      typeof options === "object" && options !== null && "hash" in options ? options.hash : undefined;
    void open().then(
      (key) =>
        key === undefined
          ? done(new Error(say`no passphrase opened the key`))
          : done(null, key.sign(data, typeof hash === "string" ? hash : undefined)),
      (error: unknown) => done(error),
    );
  };
  return agent;
}

/** How long (ms) an agent may take to list its keys. One that was forwarded over a connection that is gone never does. */
const agentMs = 3000;

/** The agent's keys that ssh2 can use; none where no agent answers. */
function identities(agent: BaseAgent): Promise<ParsedKey[]> {
  const listed = new Promise<ParsedKey[]>((resolve) => {
    agent.getIdentities((error, keys = []) => resolve(error ? [] : keys.flatMap(asKey)));
  });
  return within(agentMs, listed, () => new Error(say`the agent does not answer`)).catch(() => []);
}

function asKey(key: unknown): ParsedKey[] {
  return typeof key === "object" && key !== null && "getPublicSSH" in key ? [key as ParsedKey] : [];
}

function parsePublic(type: string | undefined, blob: Buffer): ParsedKey | undefined {
  const key = ssh2.utils.parseKey(`${type ?? ""} ${blob.toString("base64")}`);
  const one = Array.isArray(key) ? key[0] : key;
  return one instanceof Error ? undefined : one;
}
