import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, statSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { dapClient, type Json } from "../../test/dap/client.ts";
import { debugConfig, type LabFolder, labEnv, makeFolder, warmCache } from "../../test/lab/module.ts";
import { dlv } from "../../test/lab/tools.ts";
import type { Config } from "../core/config.ts";
import { planned } from "../core/launch.ts";
import { usualOf } from "../core/usual.ts";
import { localHost } from "../hosts/local.ts";
import { sampleTree } from "../hosts/procfs.ts";
import { openSession } from "../session/session.ts";
import { openStore } from "./store.ts";

const main = (said: string) => `package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	self, _ := os.Executable()
	cwd, _ := os.Getwd()
	fmt.Println("${said}", filepath.Dir(self), cwd, os.Args[1:])
	os.Exit(3)
}
`;
const test = `package main

import "testing"

func TestIt(t *testing.T) {
	t.Log("in a test")
}
`;
const stopAt = 13;

describe("a fast launch with the real dlv", function () {
  this.timeout(180_000);
  let module: LabFolder;
  let kept: LabFolder;
  let env: Record<string, string>;
  before(async () => {
    await warmCache();
    env = await labEnv();
  });
  beforeEach(() => {
    module = makeFolder({
      "go.mod": "module example.com/fast\n\ngo 1.25\n",
      "main.go": main("one"),
      "main_test.go": test,
    });
    kept = makeFolder({});
  });
  afterEach(() => {
    module.remove();
    kept.remove();
  });

  function open(config: Config, fast: boolean) {
    const [near, far] = duplexPair();
    const session = openSession(far, {
      planned: planned(config, module.folder),
      host: localHost,
      usual: usualOf([]),
      sample: sampleTree,
      ...(fast && { fast: { store: openStore(kept.folder) } }),
    });
    return { near, session, client: dapClient(near) };
  }

  /** Launches to line 13 or to the program's end, and gives what the client saw. */
  async function launch(attributes: Config = {}, fast = true) {
    const config = debugConfig(module.folder, env, { dlvToolPath: await dlv(), ...attributes });
    const { near, session, client } = open(config, fast);
    await client.initialize();
    const asked = client.send("launch", config as Json);
    let inode: number | undefined;
    const stops = config["mode"] === "debug" && config["noDebug"] !== true;
    const configured = client.event("initialized").then(async () => {
      const file = join(module.folder, "main.go");
      if (stops)
        await client.request("setBreakpoints", { source: { path: file }, breakpoints: [{ line: stopAt }] });
      await client.request("configurationDone");
      if (!stops) return;
      const { body } = await client.event("stopped");
      const { body: stack } = await client.request("stackTrace", { threadId: body?.["threadId"], levels: 1 });
      assert.match(JSON.stringify(stack), new RegExp(`"line":${stopAt}\\b`));
      const pid = client.received.find(({ event }) => event === "process")?.body?.["systemProcessId"];
      inode = statSync(`/proc/${pid}/exe`).ino;
      client.send("continue", { threadId: body?.["threadId"] });
    });
    configured.catch(() => {});
    const answered = await client.response(asked);
    if (answered.success) {
      if (config["noDebug"] !== true) await configured;
      await client.event("terminated");
    }
    client.send("disconnect", { terminateDebuggee: true });
    await client.closed;
    near.end();
    await session.done;
    return { client, inode, events: session.events };
  }

  /**
   * What the client saw, without what differs from one launch to the next of the same kind. What the program prints comes
   * through a pipe, before or after what Delve says of it.
   */
  const seen = ({ client }: Awaited<ReturnType<typeof launch>>) => {
    const told = client.received
      .map(({ seq: _, ...message }) => JSON.stringify(message))
      .filter((text) => !/"event":"(progress\w+|capabilities)"/.test(text))
      .map((text) =>
        text
          .replace(/__debug_bin\d+/g, "__debug_bin")
          .replace(
            /("systemProcessId":|"id":|127\.0\.0\.1:|[Pp]rocess |pid )\d{3,}\b|0x[0-9a-f]+|\d\.\d+s\b/g,
            "$1…",
          ),
      );
    const isPrinted = (text: string) => /"category":"stdout"/.test(text) && !text.includes("Building");
    const printed = told.filter(isPrinted).map((text) => JSON.parse(text).body.output);
    return { told: told.filter((text) => !isPrinted(text)), printed: printed.join("") };
  };
  /** True where go linked for a launch; it asks its linker for its version each time. */
  const links = ({ events }: Awaited<ReturnType<typeof launch>>) =>
    events.some(
      (event) =>
        event.kind === "sample" &&
        event.sample.processes.some(({ name, argv }) => name === "link" && argv.includes("-o")),
    );
  const binaries = () => readdirSync(module.folder).filter((name) => name.startsWith("__debug_bin"));

  it("runs the very binary of the last launch where nothing changed, and leaves none behind", async () => {
    const first = await launch();
    const second = await launch();
    assert.ok(links(first), "the first launch links");
    assert.ok(!links(second), "the second does not");
    assert.equal(second.inode, first.inode);
    assert.deepEqual(binaries(), []);
    assert.equal(readdirSync(kept.folder).length, 1);
  });

  it("runs what was saved, whatever the file's time and size say", async () => {
    const first = await launch();
    const { atime, mtime } = statSync(join(module.folder, "main.go"));
    module.write("main.go", main("two"));
    utimesSync(join(module.folder, "main.go"), atime, mtime);
    const second = await launch();
    assert.match(first.client.printed(), /^one /m);
    assert.match(second.client.printed(), /^two /m);
    assert.notEqual(second.inode, first.inode);
    assert.match((await launch()).client.printed(), /^two /m);
  });

  for (const [what, attributes] of [
    ["debug", { args: ["a", "b c"], cwd: "/" }],
    ["test", { mode: "test" }],
    ["noDebug", { noDebug: true }],
    ["output", { output: "named" }],
    ["buildFlags", { buildFlags: "-tags=one" }],
  ] as const) {
    it(`is the same session as without it: ${what}`, async () => {
      const plain = await launch(attributes, false);
      await launch(attributes);
      const fast = await launch(attributes);
      assert.deepEqual(seen(fast), seen(plain));
      assert.deepEqual(binaries(), []);
      assert.ok(!readdirSync(module.folder).includes("named"));
    });
  }

  it("runs what is embedded now", async () => {
    const embeds = `${main("one").replace("import (", 'import (\n\t_ "embed"')}\n//go:embed text\nvar text string\n`;
    module.write("main.go", embeds.replace('"one",', "text,").replace(`:${stopAt}`, `:${stopAt + 1}`));
    module.write("text", "first");
    await launch({ noDebug: true });
    module.write("text", "second");
    assert.match((await launch({ noDebug: true })).client.printed(), /^second /m);
  });

  it("leaves nothing of a launch that is given up while go looks at the lent binary", async () => {
    await launch();
    const config = debugConfig(module.folder, env, { dlvToolPath: await dlv() });
    const { client, session, near } = open(config, true);
    await client.initialize();
    client.send("launch", config as Json);
    while (binaries().length === 0) await sleep(5);
    client.send("disconnect", {});
    await client.closed;
    near.end();
    await session.done;
    assert.deepEqual(binaries(), []);
    assert.equal(readdirSync(kept.folder).length, 1);
  });

  it("runs no test that is gone", async () => {
    await launch({ mode: "test" });
    module.write("main_test.go", test.replace("package", "//go:build never\n\npackage"));
    const plain = await launch({ mode: "test" }, false);
    const fast = await launch({ mode: "test" });
    assert.doesNotMatch(fast.client.printed(), /PASS/);
    assert.deepEqual(seen(fast), seen(plain));
  });

  it("lends nothing that would be embedded", async () => {
    const embeds = 'import "embed"\n\n//go:embed *\nvar all embed.FS\n';
    module.write("all.go", `package main\n\n${embeds}`);
    await launch({ noDebug: true });
    await launch({ noDebug: true });
    assert.deepEqual(readdirSync(kept.folder), []);
  });

  it("stamps a clean checkout as Delve's own build does, and links it once", async () => {
    const git = (...args: string[]) => execFileSync("git", ["-C", module.folder, ...args]);
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "all");
    module.write(".git/info/exclude", "");
    const stamp =
      'i, _ := debug.ReadBuildInfo()\n\tfor _, s := range i.Settings {\n\t\tif s.Key == "vcs.modified" {\n\t\t\tfmt.Println("modified", s.Value)\n\t\t}\n\t}\n\tself';
    module.write(
      "main.go",
      main("one").replace("self", stamp).replace("import (", 'import (\n\t"runtime/debug"'),
    );
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qam", "stamp");
    const stamped = { noDebug: true, buildFlags: "-buildvcs=true" };
    const [plain, first, second] = [
      await launch(stamped, false),
      await launch(stamped),
      await launch(stamped),
    ];
    assert.match(plain.client.printed(), /^modified true$/m);
    assert.deepEqual(seen(first), seen(plain));
    assert.deepEqual(seen(second), seen(plain));
    assert.deepEqual([links(first), links(second)], [true, false]);
  });

  it("builds anew where what was kept is damaged, and mends it", async () => {
    const first = await launch();
    const [name = ""] = readdirSync(kept.folder);
    truncateSync(join(kept.folder, name), 1_000_000);
    const second = await launch();
    assert.notEqual(second.inode, first.inode);
    assert.equal((await launch()).inode, second.inode);
  });

  it("shows a build error as without it, and leaves no binary", async () => {
    await launch();
    module.write("main.go", `${main("one")}\nfunc broken() int { return "text" }\n`);
    const plain = await launch({}, false);
    const fast = await launch();
    assert.match(fast.client.printed(), /main\.go:16:\d+: cannot use "text"/);
    assert.deepEqual(seen(fast), seen(plain));
    assert.deepEqual(binaries(), []);
  });
});
