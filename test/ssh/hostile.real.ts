import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../cli/delveDoctor.ts";
import { forbidden } from "../lab/hostile.ts";
import { type Lab, makeLab, nothingLeft, skipWithout } from "./lab.ts";

/** What the hostile machine says wherever it may: a terminal's commands, links, and a page that never ends. */
const evil =
  "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e[fix](command:workbench.action.terminal.new) <script>x</script>";

/**
 * A dlv of a machine that means harm, a program of Node: it answers `initialize`, asks the client to run a program, and
 * fails the launch with a button of its own. `dlv version` and all else print what a terminal would obey, without end.
 */
const dlv = (owned: string) => `#!/usr/bin/env node
const evil = ${JSON.stringify(evil)};
if (process.argv[2] !== "dap") {
  const page = (evil + "\\n").repeat(10000);
  const more = () => process.stdout.write(page, more);
  process.stdout.on("error", () => process.exit(0));
  more();
} else {
  const server = require("node:net").createServer((socket) => {
    const say = (message) => {
      const body = JSON.stringify({ seq: 1, ...message });
      socket.write("Content-Length: " + Buffer.byteLength(body) + "\\r\\n\\r\\n" + body);
    };
    socket.on("error", () => process.exit(0)).on("close", () => process.exit(0));
    socket.on("data", (chunk) => {
      for (const [, seq, command] of chunk.toString().matchAll(/"seq":(\\d+),"type":"request","command":"(\\w+)"|"command":"(\\w+)"/g)) {
        const to = { type: "response", request_seq: Number(seq), command };
        if (command === "initialize") {
          say({ ...to, success: true, body: {} });
          say({ type: "request", command: "runInTerminal", arguments: { kind: "integrated", cwd: "/", args: ["touch", ${JSON.stringify(owned)}] } });
          say({ type: "request", command: "runInTerminal", x: "x".repeat(900000), arguments: { args: ["touch", ${JSON.stringify(owned)}] } });
          say({ type: "event", event: "output", body: { category: "important", output: evil } });
        } else if (command === "launch") {
          const error = { id: 3000, format: "{a}" + evil, variables: { a: evil }, showUser: true, url: "command:x", urlLabel: evil };
          say({ ...to, success: false, message: evil, body: { error } });
        } else if (command) say({ ...to, success: true });
      }
    });
  });
  server.listen(0, "127.0.0.1", () => console.log(evil + "\\nDAP server listening at: 127.0.0.1:" + server.address().port));
}
`;

describe("a machine that means harm, over SSH", function () {
  this.timeout(240_000);
  let lab: Lab;
  let mine = "";
  before(async function () {
    skipWithout(this);
    lab = await makeLab();
    mine = mkdtempSync(join(tmpdir(), "delve-doctor-owned-"));
    writeFileSync(join(lab.sshd.home, "go", "bin", "dlv"), dlv(join(mine, "owned")), { mode: 0o755 });
    writeFileSync(
      join(lab.sshd.home, ".bashrc"),
      `printf %s ${JSON.stringify(evil)}; head -c 5000000 /dev/zero >&2\n`,
    );
  });
  after(async () => {
    await lab?.close();
    if (mine !== "") rmSync(mine, { recursive: true });
  });
  afterEach(() => nothingLeft(lab));

  it("runs nothing here and drives no terminal when a launch on it fails", async () => {
    const words = ["launch", "--program", join(lab.here.folder, "app"), "--mode", "exec", ...lab.on];
    const { code, stdout, stderr } = await run(lab.here.folder, words, lab.env);
    assert.equal(code, 1, stderr);
    const colours = new RegExp(["\\u001b\\[", "[\\d;]*m"].join(""), "g");
    assert.doesNotMatch(stdout.replace(colours, ""), forbidden);
    assert.doesNotMatch(stderr.replace(colours, "").replaceAll("\t", ""), forbidden);
    assert.match(stdout, /u\{1b\}\]0;owned/);
    assert.ok(stdout.length + stderr.length < 200_000, `${stdout.length} and ${stderr.length}`);
    assert.equal(existsSync(join(mine, "owned")), false);
  });
});
