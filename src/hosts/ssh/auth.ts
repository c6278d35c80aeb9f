import type { AnyAuthMethod, AuthenticationType, NextAuthHandler } from "ssh2";
import { say } from "../../core/say.ts";
import { nobody } from "../channel.ts";
import { type AuthContext, keySteps, type Step } from "./authKeys.ts";
import { tries } from "./secrets.ts";
import type { SshTarget } from "./target.ts";

/** A log-in as ssh2 asks for it, and the story of it. */
export interface Login {
  readonly handler: (
    left: AuthenticationType[] | null,
    partial: boolean | null,
    next: NextAuthHandler,
  ) => void;
  /** One line: what was tried, and what the server still offers. */
  story(): string;
}

/**
 * Tries agent, keys, keyboard-interactive and the password last, each only where the server offers its method; after a
 * partial success what is left. `done` is called when there is nothing more to try.
 */
export function login(target: SshTarget, context: AuthContext, done: () => void): Login {
  const tried: string[] = [];
  let offered: readonly string[] | undefined;
  let steps: Step[] | undefined;

  const next = async (): Promise<AnyAuthMethod | undefined> => {
    steps ??= await stepsFor(target, context);
    for (;;) {
      const index = steps.findIndex(({ method }) => offered?.includes(method) ?? false);
      const [step] = index < 0 ? [] : steps.splice(index, 1);
      if (step === undefined) return undefined;
      const method = await step.prepare();
      tried.push(method === undefined ? say`${step.label}, not used` : step.label);
      if (method !== undefined) return method;
    }
  };

  return {
    handler(left, _partial, answer) {
      if (left === null) {
        // "none" always fails where a log-in is needed at all; its answer lists what the server offers.
        answer({ type: "none", username: target.user });
        return;
      }
      offered = left;
      void next().then(
        (method) => (method === undefined ? done() : answer(method)),
        (error: unknown) => {
          tried.push(error instanceof Error ? error.message : String(error));
          done();
        },
      );
    },
    story() {
      const what = tried.length === 0 ? say`nothing that we have` : [...new Set(tried)].join(", ");
      return [
        say`${`${target.user}@${target.hostname}`} did not let us in with ${what}`,
        ...(offered === undefined ? [] : [say`the server offers ${offered.join(", ") || say`nothing`}`]),
        ...unasked(target, context, offered),
      ].join("; ");
    },
  };
}

/** What only a person could have given, and how they give it beforehand; nothing where one was there to be asked. */
function unasked(
  { alias }: SshTarget,
  { person, keys }: AuthContext,
  offered: readonly string[] = [],
): string[] {
  if (person !== nobody) return [];
  const locked = keys.find(({ state }) => state === "encrypted");
  if (locked !== undefined && offered.includes("publickey"))
    return [say`nobody is here to type a passphrase: ssh-add ${locked.path} gives the key to an agent`];
  const typed = offered.some((method) => method === "password" || method === "keyboard-interactive");
  return typed ? [say`nobody is here to type a password: ssh ${alias} asks for it`] : [];
}

async function stepsFor(target: SshTarget, context: AuthContext): Promise<Step[]> {
  const steps = [
    ...(target.pubkeyAuthentication ? await keySteps(target, context) : []),
    ...(target.kbdInteractiveAuthentication ? repeated(keyboardStep(target, context)) : []),
    ...(target.passwordAuthentication ? repeated(passwordStep(target, context)) : []),
  ];
  const wanted = target.preferredAuthentications;
  if (wanted === undefined) return steps;
  return steps
    .filter(({ method }) => wanted.includes(method))
    .sort((a, b) => wanted.indexOf(a.method) - wanted.indexOf(b.method));
}

function repeated(step: Step): Step[] {
  return Array.from({ length: tries }, () => step);
}

function passwordStep(target: SshTarget, { person, asking }: AuthContext): Step {
  let declined = false;
  return {
    method: "password",
    label: say`a password`,
    async prepare() {
      if (declined) return undefined;
      const asked = person.secret(say`Password of ${`${target.user}@${target.hostname}`}`);
      asking(asked);
      const password = await asked;
      declined = password === undefined;
      return password === undefined ? undefined : { type: "password", username: target.user, password };
    },
  };
}

function keyboardStep(target: SshTarget, { person, asking }: AuthContext): Step {
  const host = `${target.user}@${target.hostname}`;
  let declined = false;
  return {
    method: "keyboard-interactive",
    label: "keyboard-interactive",
    prepare() {
      if (declined) return Promise.resolve(undefined);
      return Promise.resolve({
        type: "keyboard-interactive",
        username: target.user,
        prompt(_name, instructions, _language, prompts, finish) {
          const asked = (async () => {
            const answers: string[] = [];
            for (const { prompt } of prompts) {
              const about = [instructions.trim(), prompt.trim()].filter((text) => text !== "").join(" ");
              const answer = declined ? undefined : await person.secret(`${host}: ${about}`);
              declined ||= answer === undefined;
              answers.push(answer ?? "");
            }
            return answers;
          })();
          asking(asked);
          // Whoever declines sends empty answers: the server says no, and what comes next has its turn.
          void asked.then(finish, () => finish([]));
        },
      });
    },
  };
}
