import { say } from "../core/say.ts";
import type { Adapter } from "./adapter.ts";
import { expected, lines } from "./program.ts";

type Body = Readonly<Record<string, unknown>>;

/** What is tried of a program that has stopped. Each gives what was seen, and rejects with one line where it is not right. */
export type Check = (adapter: Adapter) => Promise<string>;

/** The top of the stack, and the local variable there, whose value must be the right one. */
export const variable: Check = async (adapter) => {
  const frame = await topFrame(adapter);
  const scopes = listOf(await adapter.request("scopes", { frameId: frame["id"] }), "scopes");
  for (const { variablesReference } of scopes) {
    const variables = listOf(await adapter.request("variables", { variablesReference }), "variables");
    const found = variables.find(({ name }) => name === expected.name);
    if (found === undefined) continue;
    const value = String(found["value"]);
    if (value !== expected.value)
      throw new Error(say`the variable ${expected.name} is ${value}, not ${expected.value}`);
    return say`${String(frame["name"])}, ${expected.name} = ${value}`;
  }
  throw new Error(say`the variable ${expected.name} is not there`);
};

/** One line on. */
export const step: Check = async (adapter) => {
  await adapter.request("next", { threadId: await stoppedThread(adapter) });
  await adapter.event("stopped");
  const { line } = await topFrame(adapter);
  if (line !== lines.next) throw new Error(say`it went to line ${String(line)}, not ${lines.next}`);
  return say`line ${lines.stop} to line ${lines.next}`;
};

/** What the program has printed by now. */
export const output: Check = async (adapter) => {
  const [text] = await adapter.heard(new RegExp(expected.output));
  return text;
};

/** The program's end, and its exit code: in an event, or in what an older Delve prints when the editor takes its leave. */
export const exit: Check = async (adapter) => {
  await adapter.request("continue", { threadId: await stoppedThread(adapter) });
  await adapter.terminated;
  const code = adapter.exitCode() ?? (await printedCode(adapter));
  if (code !== expected.exitCode) throw new Error(say`the exit code is ${code}, not ${expected.exitCode}`);
  return String(code);
};

async function printedCode(adapter: Adapter): Promise<number> {
  const leaving = adapter.request("disconnect", { terminateDebuggee: true });
  leaving.catch(() => {});
  const [, code] = await adapter.heard(/has exited with status (-?\d+)/);
  return Number(code);
}

async function topFrame(adapter: Adapter): Promise<Body> {
  const threadId = await stoppedThread(adapter);
  const answer = await adapter.request("stackTrace", { threadId, startFrame: 0, levels: 20 });
  const [frame] = listOf(answer, "stackFrames");
  if (frame === undefined) throw new Error(say`the stack is empty`);
  return frame;
}

/** The program has one goroutine of its own, which Delve lists as the first thread while it is the current one. */
async function stoppedThread(adapter: Adapter): Promise<unknown> {
  const threads = listOf(await adapter.request("threads"), "threads");
  const main = threads.find(({ name }) => String(name).includes("main.main"));
  if (main === undefined) throw new Error(say`no goroutine is in main.main`);
  return main["id"];
}

function listOf(body: Body, name: string): readonly Body[] {
  const list = body[name];
  return Array.isArray(list) ? list : [];
}
