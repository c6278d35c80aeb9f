import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { goEnv, module } from "../../test/lab/go.ts";
import { inFolder, type Proxied, proxied, until } from "../../test/lab/proxied.ts";
import { dlv } from "../../test/lab/tools.ts";

const web = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	fmt.Println(http.StatusText(200))
}
`;

/** What a person waits for Cancel, in ms; other helpers of the machine may be busy, so the tests allow more. */
const promisedMs = 1000;
const allowedMs = process.env["CI"] === undefined ? 2 * promisedMs : 10 * promisedMs;

/** A build cache may be named as a work directory is; it is none. */
const cache = "go-build126";

/** A launch whose build is cold and in full swing: compilers run. */
async function coldBuild(folder: string): Promise<Proxied & { pid: number; launch: number; temp: string }> {
  const temp = join(folder, "tmp");
  mkdirSync(temp);
  await module(folder, { "main.go": web });
  const config = { name: "web", request: "launch", mode: "debug", program: folder, __buildDir: folder };
  const env = await goEnv({ GOCACHE: join(folder, cache), GOTMPDIR: temp, TMPDIR: temp });
  const there = proxied(config, { folder, dlv: await dlv(), env });
  await there.client.initialize();
  const launch = there.client.send("launch", config);
  const pid = there.seen("spawned")[0]?.pid ?? 0;
  // Before its first package go runs `compile -V=full`, which does not name the work directory yet.
  await until(
    "compilers",
    () => inSession(pid).some(([name, argv]) => name === "compile" && argv.includes(temp)),
    60_000,
  );
  return { ...there, pid, launch, temp };
}

/** The names and arguments of the living processes that dlv started, however far removed: they share its session. */
function inSession(session: number): (readonly [name: string, argv: string])[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const [, comm = "", rest = ""] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
        const [state, , , sid] = rest.split(" ");
        if (Number(sid) !== session || state === "Z") return [];
        return [[comm, readFileSync(`/proc/${name}/cmdline`, "utf8")] as const];
      } catch {
        return [];
      }
    });
}

/** Sees the tree and its files gone, and gives how long (ms) that took. */
async function gone({ pid, temp }: { pid: number; temp: string }, folder: string): Promise<number> {
  const begun = performance.now();
  const rest = () => [
    ...inSession(pid).map(([name]) => name),
    ...readdirSync(folder).filter((name) => name.startsWith("__debug_bin")),
    ...readdirSync(temp).filter((name) => name.startsWith("go-build")),
  ];
  await until("everything gone", () => rest().length === 0, 10_000).catch(() => assert.deepEqual(rest(), []));
  return performance.now() - begun;
}

describe("a cold build", () => {
  it("is cancelled by the button of our progress", () =>
    inFolder(async (folder) => {
      const build = await coldBuild(folder);
      const { client, proxy, launch } = build;
      const progress = proxy.progress("p1", "Launching");
      progress.update("go build", 10);
      await client.event("progressStart", ({ cancellable }) => cancellable === true);
      await client.event("progressUpdate", ({ percentage }) => percentage === 10);
      const answered = client.request("cancel", { progressId: "p1" });
      const ms = await gone(build, folder);
      await answered;
      assert.ok(ms < allowedMs, `${ms} ms`);
      const { success, body } = await client.response(launch);
      assert.equal(success, false);
      assert.deepEqual(body?.["error"], { id: 11_000, format: "the launch was cancelled", showUser: false });
      await client.event("progressEnd");
      await client.event("terminated");
      progress.update("nobody hears this");
      client.close();
      await proxy.done;
      assert.ok(!client.transcript().includes("nobody hears this"));
    }));

  it("is ended by disconnect, answered at once", () =>
    inFolder(async (folder) => {
      const build = await coldBuild(folder);
      const begun = performance.now();
      const answered = build.client.request("disconnect", {}).then(() => performance.now() - begun);
      const ms = await gone(build, folder);
      assert.ok((await answered) < allowedMs / 4, `answered after ${await answered} ms`);
      assert.ok(ms < allowedMs, `${ms} ms`);
      build.client.close();
      await build.proxy.done;
    }));

  it("is ended when the client goes without a word", () =>
    inFolder(async (folder) => {
      const build = await coldBuild(folder);
      build.client.close();
      const ms = await gone(build, folder);
      assert.ok(ms < allowedMs, `${ms} ms`);
      await build.proxy.done;
      assert.equal(build.seen("lost")[0]?.side, "client");
      assert.ok(readdirSync(join(folder, cache)).length > 0, "the build cache is left alone");
    }));

  it("leaves another dlv's binary in the same directory alone", () =>
    inFolder(async (folder) => {
      const build = await coldBuild(folder);
      const [other] = [join(folder, "__debug_bin1")];
      const { writeFile } = await import("node:fs/promises");
      await writeFile(other, "");
      build.proxy.cancel("test");
      build.client.close();
      await build.proxy.done;
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith("__debug_bin")),
        ["__debug_bin1"],
      );
    }));
});

describe("dlv", () => {
  it("that is killed in mid-session ends the session with the reason", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": web });
      const config = {
        request: "launch",
        mode: "debug",
        program: folder,
        stopOnEntry: true,
        __buildDir: folder,
      };
      const { client, proxy, seen } = proxied(config, { folder, dlv: await dlv(), env: await goEnv() });
      await client.initialize();
      client.send("launch", config);
      await client.event("initialized");
      await client.request("configurationDone");
      await client.event("stopped");
      const pid = seen("spawned")[0]?.pid ?? 0;
      process.kill(pid, "SIGKILL");
      await client.event("terminated");
      await until("the reason", () => client.printed().includes("dlv was killed by SIGKILL"));
      client.close();
      await proxy.done;
      assert.deepEqual(inSession(pid), []);
      assert.deepEqual(readdirSync(folder).sort(), ["go.mod", "main.go"]);
    }));
});
