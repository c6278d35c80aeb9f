import { randomUUID } from "node:crypto";
import type { Host } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import type { Probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { readAnswers, writeScript } from "./script.ts";

/** The whole round trip, in ms and bytes: the slowest probe on a slow host, and room for all answers. */
const limits = { ms: 40_000, bytes: 16 * 1024 * 1024 };

/** What a probe came to: a fact, or the reason why there is none. */
export type Fact = { readonly value: unknown } | { readonly because: string };

/** Asks a host all `probes` in one round trip. Never rejects; each probe has an entry. */
export async function ask(
  host: Host,
  launch: Launch,
  probes: ReadonlySet<Probe<unknown>>,
): Promise<ReadonlyMap<Probe<unknown>, Fact>> {
  const list = [...probes];
  if (list.length === 0) return new Map();
  const nonce = randomUUID();
  const answers = await answer(host, writeScript(list, launch, nonce), list.length, nonce);
  return new Map(
    list.map((one, index) => [one, toFact(one, answers[index] ?? say`the host gave no answer`, launch)]),
  );
}

/** Asks a host one question; undefined where it has no answer. Never rejects. */
export async function askOne<T>(host: Host, launch: Launch, one: Probe<T>): Promise<T | undefined> {
  const nonce = randomUUID();
  const [given] = await answer(host, writeScript([one], launch, nonce), 1, nonce);
  if (given === undefined || typeof given === "string" || given.timedOut) return undefined;
  try {
    return one.read(given, launch);
  } catch {
    return undefined;
  }
}

async function answer(
  host: Host,
  script: string,
  count: number,
  nonce: string,
): Promise<ReturnType<typeof readAnswers>[number][]> {
  try {
    const { stdout, stderr, code, timedOut } = await host.run({ argv: ["sh"], stdin: script }, limits);
    const answers = readAnswers(stdout, count, nonce);
    if (code === 0) return answers;
    const why = timedOut ? say`${host.name} did not answer within ${limits.ms / 1000} s` : stderr.trim();
    return answers.map((one) => (typeof one === "string" ? why || one : one));
  } catch (error) {
    const why = cannotAsk(host, error);
    return Array.from({ length: count }, () => why);
  }
}

/** Windows has no sh of its own: there only the launch itself can be judged. */
function cannotAsk({ name }: Host, error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return say`${name} has no sh to ask with, so only what the launch itself showed was judged`;
  return say`${name} cannot run sh: ${error instanceof Error ? error.message : String(error)}`;
}

function toFact(one: Probe<unknown>, given: ReturnType<typeof readAnswers>[number], launch: Launch): Fact {
  if (typeof given === "string") return { because: given };
  if (given.timedOut) return { because: say`${one.id} did not answer in time` };
  try {
    return { value: one.read(given, launch) };
  } catch (error) {
    return { because: error instanceof Error ? error.message : String(error) };
  }
}
