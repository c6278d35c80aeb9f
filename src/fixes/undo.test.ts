import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Answer, Command, Host } from "../core/host.ts";
import { applyChange } from "./apply.ts";
import type { Change, CommandChange } from "./change.ts";
import { remember, remembered } from "./journal.ts";
import { spliceIn, spliceOf, unsplice } from "./splice.ts";
import { undoLast, undoOf } from "./undo.ts";

const answer: Answer = { code: 0, stdout: "", stderr: "", timedOut: false };
const asked: Command[] = [];
const host: Host = {
  kind: "local",
  name: "here",
  run: (command) => {
    asked.push(command);
    return Promise.resolve(answer);
  },
};

let folder = "";
let state = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "undo-"));
  state = join(folder, "state", "delve-doctor");
  file = join(folder, "launch.json");
  asked.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function apply(fix: string, change: Change): Promise<void> {
  assert.deepEqual(await applyChange(change, host), { kind: "applied" });
  await remember(state, fix, change, host);
}
const textChange = (before: string | null, after: string): Change => ({ kind: "text", file, before, after });
const journal = () => readFile(join(state, "fixes.jsonl"), "utf8");

describe("a splice", () => {
  it("takes any text back to what it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        assert.equal(unsplice(after, spliceOf(before, after)), before);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b", "\r\n")),
        fc.array(fc.constantFrom("a", "b")),
        (before, after) => {
          const [one, other] = [before.join(""), after.join("")];
          assert.equal(unsplice(other, spliceOf(one, other)), one);
        },
      ),
    );
  });
});

describe("a splice of an editor's buffer", () => {
  const splice = (buffer: string, before: string, after: string) => {
    const { at, removed, inserted } = spliceIn(buffer, before, after) ?? assert.fail("another text");
    assert.equal(buffer.slice(at, at + removed.length), removed);
    return buffer.slice(0, at) + inserted + buffer.slice(at + removed.length);
  };

  it("does not mind a byte order mark or mixed line ends, which the buffer does not have", () => {
    assert.equal(splice("{\n1\n}", "\uFEFF{\n1\n}", "\uFEFF{\n2\n}"), "{\n2\n}");
    assert.equal(splice("{\r\n1\r\n}", "{\r\n1\n}", "{\n23\r\n}"), "{\r\n23\r\n}");
  });

  it("is none where the buffer holds anything else", () => {
    assert.equal(spliceIn("{\n1 \n}", "{\n1\n}", "{\n2\n}"), undefined);
    assert.equal(spliceIn("", "{}", ""), undefined);
  });
});

describe("taking a fix back", () => {
  it("restores the same bytes", async () => {
    const before = '\uFEFF{\r\n\t"a": 1, // ä 😀\r\n}';
    await writeFile(file, before);
    await apply("c/one", textChange(before, before.replace("1", "2")));
    const undone = await undoLast(state, host);
    assert.ok(undone.kind === "done" && undone.applied.kind === "applied" && undone.entry.fix === "c/one");
    assert.equal(await readFile(file, "utf8"), before);
    assert.deepEqual(await undoLast(state, host), { kind: "nothing" });
  });

  it("removes the file that the fix made", async () => {
    await apply("c/one", textChange(null, "{}\n"));
    await undoLast(state, host);
    assert.deepEqual(await readdir(folder), ["state"]);
  });

  it("takes several back, the last one first", async () => {
    await apply("c/one", textChange(null, "one\n"));
    await apply("c/two", textChange("one\n", "one\ntwo\n"));
    await undoLast(state, host);
    assert.equal(await readFile(file, "utf8"), "one\n");
    await undoLast(state, host);
    assert.deepEqual(await remembered(state), []);
  });

  it("takes back the last one of a folder, where one is named", async () => {
    const change = (cwd: string): Change => ({
      kind: "command",
      argv: ["on"],
      cwd,
      undo: ["off"],
      needsRoot: false,
    });
    await remember(state, "c/here", change("/w/..a"), host);
    await remember(state, "c/beside", change("/w2"), host);
    await apply("c/file", textChange(null, "one\n"));
    const last = async (where?: string) => {
      const undo = await undoOf(state, host, where === undefined ? undefined : [where]);
      return undo.kind === "ready" ? undo.entry.fix : undo.kind;
    };
    assert.deepEqual(
      [
        await last("/w"),
        await last("/w2"),
        await last(folder),
        await last("/"),
        await last("/w3"),
        await last(),
      ],
      ["c/here", "c/beside", "c/file", "c/file", "nothing", "c/file"],
    );
  });

  it("refuses once the file was edited, and shows what would be lost", async () => {
    await apply("c/one", textChange(null, "a\nb\n"));
    await writeFile(file, "a\nmine\nb\n");
    const undo = await undoLast(state, host);
    assert.ok(undo.kind === "refused");
    assert.match(undo.because, /launch.json was edited since/);
    assert.deepEqual(undo.lost, ["mine"]);
    assert.equal(await readFile(file, "utf8"), "a\nmine\nb\n");
    await rm(file);
    const gone = await undoLast(state, host);
    assert.ok(gone.kind === "refused" && gone.because.endsWith("launch.json is gone"));
  });

  it("runs a command's undo, on the host it ran on", async () => {
    const change: CommandChange = {
      kind: "command",
      argv: ["on"],
      cwd: "/w",
      undo: ["off", "1"],
      needsRoot: false,
    };
    await apply("c/command", change);
    const elsewhere = await undoOf(state, { kind: "ssh", name: "build7" });
    assert.ok(elsewhere.kind === "refused" && elsewhere.because.includes("was run on here (local)"));
    await undoLast(state, host);
    assert.deepEqual(
      asked.map((command) => [command.argv, command.cwd]),
      [
        [["on"], "/w"],
        [["off", "1"], "/w"],
      ],
    );
    assert.deepEqual(await undoLast(state, host), { kind: "nothing" });
  });

  it("hands a root command's undo to the terminal and keeps it until the shell says it is done", async () => {
    const change: CommandChange = { kind: "command", argv: ["on"], cwd: "/", undo: ["off"], needsRoot: true };
    await remember(state, "c/root", change, host);
    const undo = await undoLast(state, host);
    assert.deepEqual(undo.kind === "done" && undo.applied, {
      kind: "in-terminal",
      line: "sudo off",
      cwd: "/",
    });
    assert.deepEqual(asked, []);
    assert.equal((await remembered(state)).length, 1);
  });
});

describe("the journal", () => {
  it("keeps no line of the file that did not change", async () => {
    const before = '{"env": {"TOKEN": "s3cr3t"}, "mode": "auto"}';
    await writeFile(file, before);
    await apply("c/one", textChange(before, before.replace("auto", "debug")));
    assert.equal((await journal()).includes("s3cr3t"), false);
    // Windows has no modes.
    if (process.platform !== "win32") {
      assert.equal((await stat(join(state, "fixes.jsonl"))).mode & 0o777, 0o600);
      assert.equal((await stat(state)).mode & 0o777, 0o700);
    }
  });

  it("forgives a last line that was cut off", async () => {
    await apply("c/one", textChange(null, "one\n"));
    await appendFile(join(state, "fixes.jsonl"), '{"kind":"text","id":"x","fi');
    await apply("c/two", textChange("one\n", "two\n"));
    assert.deepEqual(
      (await remembered(state)).map((entry) => entry.fix),
      ["c/one", "c/two"],
    );
  });

  it("keeps the last 50 and stays bounded", async () => {
    const change: CommandChange = {
      kind: "command",
      argv: ["on"],
      cwd: "/",
      undo: ["off"],
      needsRoot: false,
    };
    for (let number = 0; number < 260; number += 1) await remember(state, `c/${number}`, change, host);
    const entries = await remembered(state);
    assert.equal(entries.at(-1)?.fix, "c/259");
    assert.ok(entries.length >= 50 && (await journal()).split("\n").length <= 102);
  });

  it("remembers nothing that cannot be taken back", async () => {
    await remember(state, "c/a", { kind: "advice", text: "x" }, host);
    await remember(state, "c/b", { kind: "command", argv: ["on"], cwd: "/", needsRoot: false }, host);
    assert.deepEqual(await remembered(state), []);
  });
});
