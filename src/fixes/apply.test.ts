import assert from "node:assert/strict";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Verdicts } from "../core/finding.ts";
import type { Answer, Host } from "../core/host.ts";
import { type Planned, planned } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { applyChange } from "./apply.ts";
import type { Change, CommandChange } from "./change.ts";
import { shellLine } from "./shellLine.ts";
import { verify } from "./verify.ts";

const answering = (answer: Partial<Answer> | NodeJS.ErrnoException): Host => ({
  kind: "local",
  name: "here",
  run: () =>
    answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ code: 0, stdout: "", stderr: "", timedOut: false, ...answer }),
});
const host = answering({});

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "apply-"));
  file = join(folder, ".vscode", "launch.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const text = (before: string | null, after: string | null): Change => ({ kind: "text", file, before, after });
const put = async (content: string) => {
  await mkdir(join(folder, ".vscode"), { recursive: true });
  await writeFile(file, content);
};

describe("applying a text change", () => {
  it("makes the file and its folder, and leaves nothing beside it", async () => {
    assert.deepEqual(await applyChange(text(null, "{}\n"), host), { kind: "applied" });
    assert.equal(await readFile(file, "utf8"), "{}\n");
    assert.deepEqual(await readdir(join(folder, ".vscode")), ["launch.json"]);
  });

  it("keeps mode and owner", async () => {
    await put("a");
    await chmod(file, 0o640);
    // Only root can give a file away; for anybody else the owner stays the one it is.
    if (process.getuid?.() === 0) await chown(file, 1234, 1234);
    const before = await stat(file);
    await applyChange(text("a", "b"), host);
    const after = await stat(file);
    assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
  });

  it("follows a symbolic link instead of replacing it", async () => {
    await put("");
    await rm(file);
    const real = join(folder, "real.json");
    await symlink("../real.json", file);
    await applyChange(text(null, "made"), host);
    await applyChange(text("made", "edited"), host);
    assert.equal(await readFile(real, "utf8"), "edited");
    assert.ok((await lstat(file)).isSymbolicLink());
  });

  it("refuses when the file is not as it was previewed", async () => {
    await put("mine");
    for (const change of [text("a", "b"), text(null, "b")]) {
      const applied = await applyChange(change, host);
      assert.ok(applied.kind === "refused" && applied.because.includes("changed since the preview"));
    }
    assert.equal(await readFile(file, "utf8"), "mine");
  });

  it("says why it failed, and leaves no temporary file", async () => {
    await mkdir(file, { recursive: true });
    const directory = await applyChange(text("a", "b"), host);
    assert.ok(directory.kind === "failed" && directory.because.endsWith("launch.json is not a regular file"));
    await rm(join(folder, ".vscode"), { recursive: true });
    await writeFile(join(folder, ".vscode"), "a file in the way");
    const blocked = await applyChange(text(null, "b"), host);
    assert.ok(
      blocked.kind === "failed" && /launch.json cannot be written \(ENOTDIR|EEXIST\)/.test(blocked.because),
    );
    assert.deepEqual(await readdir(folder), [".vscode"]);
  });
});

describe("applying a command", () => {
  const command: CommandChange = { kind: "command", argv: ["go", "x"], cwd: "/", needsRoot: false };
  const because = async (from: Host) => {
    const applied = await applyChange(command, from);
    return applied.kind === "failed" ? applied.because : applied.kind;
  };

  it("tells success and each kind of failure", async () => {
    assert.equal(await because(host), "applied");
    assert.equal(await because(answering({ code: 2, stderr: "one\nno\n" })), "go ended with exit code 2: no");
    assert.equal(await because(answering({ code: null })), "go was ended by a signal");
    assert.equal(
      await because(answering({ code: null, timedOut: true })),
      "go did not end within 10 minutes",
    );
    const missing = Object.assign(new Error("spawn go ENOENT"), { code: "ENOENT" });
    assert.equal(await because(answering(missing)), "go could not be started (ENOENT)");
  });

  it("never runs one that needs root", async () => {
    const never = answering(new Error("was run"));
    const root = { ...command, argv: ["sh", "-c", "echo 'a' > /etc/b"], needsRoot: true };
    assert.deepEqual(await applyChange(root, never), {
      kind: "in-terminal",
      line: "sudo sh -c 'echo '\\''a'\\'' > /etc/b'",
      cwd: "/",
    });
  });

  it("quotes every word that a shell would read otherwise", () => {
    assert.equal(
      shellLine(["a", "", "b c", "$HOME", "~", "x=1;y", "-w", "k.y=0"]),
      "a '' 'b c' '$HOME' '~' 'x=1;y' -w k.y=0",
    );
  });
});

describe("verifying a fix", () => {
  const launch = { ...(planned({ name: "A" }, "/w") satisfies Planned), timeline: noTimeline };
  const none: Verdicts = { findings: [], clear: [], unknown: [] };
  const check = (verdicts: Verdicts) => verify("c", launch, () => Promise.resolve(verdicts));

  it("tells clear, still there and unknown", async () => {
    assert.deepEqual(await check({ ...none, clear: ["c"] }), { kind: "clear" });
    const finding = {
      cause: "c",
      title: "",
      certainty: "proven",
      because: "b",
      evidence: [],
      fixes: [],
    } as const;
    assert.deepEqual(await check({ ...none, findings: [finding] }), { kind: "still-there", because: "b" });
    assert.deepEqual(await check({ ...none, unknown: [{ cause: "c", because: "no go" }] }), {
      kind: "unknown",
      because: "no go",
    });
    assert.equal((await check(none)).kind, "unknown");
    const failed = await verify("c", launch, () => Promise.reject(new Error("host is gone")));
    assert.deepEqual(failed, { kind: "unknown", because: "host is gone" });
  });
});
