import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Host } from "../core/host.ts";
import { planned } from "../core/launch.ts";
import { type Probe, probe } from "../core/probe.ts";
import { noTimeline } from "../core/timeline.ts";
import { localHost } from "../hosts/local.ts";
import { ask } from "./ask.ts";

const folder = mkdtempSync(join(tmpdir(), "ask-"));
after(() => rmSync(folder, { recursive: true }));

const launch = {
  ...planned(
    { request: "launch", env: { SECRET: 'it\'s $HOME `x` "q"\nnew line', PATH: "/nowhere" } },
    folder,
  ),
  timeline: noTimeline,
};
const answers = (sh: string, more: Partial<Probe<Answer>> = {}) =>
  probe<Answer>({ id: sh, sh, read: (answer) => answer, ...more });

async function askOne(one: Probe<Answer>, from = launch): Promise<Answer | string> {
  const fact = (await ask(localHost, from, new Set([one]))).get(one);
  if (fact === undefined) throw new Error("there is no answer");
  return "because" in fact ? fact.because : (fact.value as Answer);
}

function left(): string[] {
  return readdirSync("/dev/shm").filter((name) => name.startsWith("delve-doctor."));
}

/** An editor that is open here examines launches too: its directories come and go, but ours must not stay. */
async function untilGone(before: readonly string[]): Promise<void> {
  const added = left().filter((name) => !before.includes(name));
  for (let tries = 0; tries < 300 && left().some((name) => added.includes(name)); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(
    left().filter((name) => added.includes(name)),
    [],
  );
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

describe("asking a real host", () => {
  it("gives a probe dlv's environment and directory, and its arguments unparsed", async () => {
    const one = answers('printf "%s|%s|%s|%s" "$SECRET" "$LAUNCH_PATH" "$PWD" "$1"', {
      args: () => ["a'b; $(id)"],
    });
    const answer = await askOne(one);
    assert.deepEqual(answer, {
      code: 0,
      stdout: `it's $HOME \`x\` "q"\nnew line|/nowhere|${folder}|a'b; $(id)`,
      stderr: "",
      timedOut: false,
    });
  });

  it("keeps exit code, output and errors apart", async () => {
    const answer = await askOne(answers("echo out; echo err >&2; exit 3"));
    assert.deepEqual(answer, { code: 3, stdout: "out\n", stderr: "err\n", timedOut: false });
  });

  it("looks for a program only where dlv would find it", async () => {
    const answer = await askOne(probe<Answer>({ id: "go", argv: ["cat", "--version"], read: (one) => one }));
    assert.ok(typeof answer === "object");
    assert.equal(answer.code, 127);
  });

  it("ends a probe at its limit with all it started, while the others answer", async () => {
    const mark = `31${process.pid}`;
    const slow = answers(`sleep ${mark} & sleep ${mark}`, { limitMs: 1000 });
    const quick = answers("echo here");
    const facts = await ask(localHost, launch, new Set([slow, quick]));
    assert.deepEqual(facts.get(slow), { because: `${slow.id} did not answer in time` });
    assert.ok(facts.get(quick));
    const commands = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => commandLine(pid));
    assert.deepEqual(
      commands.filter((command) => command === `sleep\0${mark}\0`),
      [],
    );
  });

  it("cuts off what says too much", async () => {
    const answer = await askOne(answers("head -c 2000000 /dev/zero | tr '\\0' x"));
    assert.ok(typeof answer === "object");
    assert.equal(answer.stdout.length, 256 * 1024);
  });

  it("says so where dlv's directory does not exist, and still answers what does not need it", async () => {
    const gone = { ...launch, cwd: "/no/such/directory" };
    const needsIt = probe<Answer>({ id: "x", argv: ["true"], read: (one) => one });
    assert.equal(await askOne(needsIt, gone), "dlv's working directory does not exist");
    assert.ok(typeof (await askOne(answers("echo x"), gone)) === "object");
  });

  it("is not led astray by variables of the launch that are named as its own", async () => {
    const mine = {
      D: folder,
      dd_dir: folder,
      dd_head: "/bin/false",
      dd_timeout: "/bin/false",
      PPID: "1",
      UID: "7",
      i: "7",
      P: "/x",
    };
    const answer = await askOne(answers('printf "%s" "$D"'), { ...launch, env: { ...launch.env, ...mine } });
    assert.ok(typeof answer === "object");
    assert.equal(answer.stdout, folder);
    assert.ok(existsSync(folder));
  });

  it("leaves no file behind where the host cuts it off", async () => {
    const before = left();
    const impatient: Host = {
      ...localHost,
      run: (command) => localHost.run(command, { ms: 500, bytes: 1000 }),
    };
    const slow = answers("sleep 20", { limitMs: 20_000 });
    const fact = (await ask(impatient, launch, new Set([slow]))).get(slow);
    assert.ok(fact !== undefined && "because" in fact);
    await untilGone(before);
  });

  it("asks twenty probes at once and leaves no file behind", async () => {
    const before = left();
    const many = Array.from({ length: 20 }, (_, index) => answers(`echo ${index}`));
    const facts = await ask(localHost, launch, new Set(many));
    many.forEach((one, index) => {
      const fact = facts.get(one);
      assert.ok(fact !== undefined && "value" in fact);
      assert.equal((fact.value as Answer).stdout, `${index}\n`);
    });
    await untilGone(before);
  });
});
