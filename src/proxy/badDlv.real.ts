import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { badDlv } from "../../test/dap/badAdapter.ts";
import type { Json } from "../../test/dap/client.ts";
import { inFolder, proxied } from "../../test/lab/proxied.ts";
import { dlv } from "../../test/lab/tools.ts";
import { isAlive } from "./tree.ts";

/** A failed start must be told within this (ms) of the proxy's knowing; a loaded machine gets more, as golang.go's 30 s. */
const soonMs = 5000;

/** Starts a dlv that cannot work and gives the error that the client's first request gets. */
async function startFails(config: Json, folder: string, more: object = {}): Promise<string> {
  const { client, proxy, seen } = proxied(config, { folder, ...more });
  const { message, error } = await client.requestFails("initialize", { pathFormat: "path" }, soonMs);
  assert.equal(error["showUser"], true);
  assert.equal(error["format"], message);
  await client.event("terminated", undefined, soonMs);
  assert.match(
    (await client.requestFails("threads", {}, soonMs)).message,
    /./,
    "a later request is answered too",
  );
  client.close();
  await proxy.done;
  for (const { pid } of seen("spawned")) assert.equal(isAlive(pid), false, "nothing is left");
  return message;
}

describe("a dlv that cannot be started", () => {
  const exec = (more: object) => ({ request: "launch", mode: "exec", program: "/bin/true", ...more });

  it("is missing", () =>
    inFolder(async (folder) => {
      const message = await startFails(exec({ dlvToolPath: join(folder, "dlv") }), folder);
      assert.equal(message, `dlv was not found: there is no ${join(folder, "dlv")}`);
    }));

  it("is not on the PATH", () =>
    inFolder(async (folder) => {
      const message = await startFails(exec({}), folder, { dlv: "dlv", env: { PATH: folder } });
      assert.equal(message, `dlv was not found: there is no dlv on the PATH ${folder}`);
    }));

  it("is to run in a directory that does not exist", () =>
    inFolder(async (folder) => {
      const gone = join(folder, "gone");
      const message = await startFails(exec({ dlvToolPath: await dlv(), __buildDir: gone }), folder);
      assert.equal(message, `the directory that dlv is to run in does not exist: ${gone}`);
    }));

  it("needs an interpreter that does not exist", () =>
    inFolder(async (folder) => {
      const script = join(folder, "dlv");
      await writeFile(script, "#!/no/such/shell\n");
      await chmod(script, 0o755);
      const message = await startFails(exec({ dlvToolPath: script }), folder);
      assert.equal(message, `${script} needs /no/such/shell to run, which does not exist`);
    }));

  it("is not executable, or a directory", () =>
    inFolder(async (folder) => {
      const file = join(folder, "dlv");
      await writeFile(file, "");
      await mkdir(join(folder, "dir"));
      assert.match(await startFails(exec({ dlvToolPath: file }), folder), /dlv is not executable/);
      assert.match(
        await startFails(exec({ dlvToolPath: join(folder, "dir") }), folder),
        /is a directory, not dlv/,
      );
    }));

  it("is given attributes that only an extension reads, and they are wrong", () =>
    inFolder(async (folder) => {
      const message = await startFails(exec({ dlvToolPath: await dlv(), logDest: "dlv.log" }), folder);
      assert.equal(message, '"logDest" is "dlv.log": the absolute path of a file is needed');
    }));
});

describe("a real dlv that exits before it listens", () => {
  it("because of a flag it does not know, with exit code 0", () =>
    inFolder(async (folder) => {
      const config = {
        request: "launch",
        mode: "exec",
        dlvToolPath: await dlv(),
        dlvFlags: ["--no-such-flag"],
      };
      assert.equal(
        await startFails(config, folder),
        "dlv exited with code 0 before it listened: Error: unknown flag: --no-such-flag",
      );
    }));

  it("because its host is not of this machine", () =>
    inFolder(async (folder) => {
      const config = { request: "launch", mode: "exec", dlvToolPath: await dlv(), host: "192.0.2.1" };
      assert.match(
        await startFails(config, folder),
        /^dlv exited with code 1 before it listened: couldn't start listener: .*cannot assign requested address$/,
      );
    }));
});

describe("a bad dlv", () => {
  it("prints its usage and exits with 0", () =>
    inFolder(async (folder) => {
      const message = await startFails(
        badDlv({ print: [[1, "Usage:\n  dlv dap [flags]\n"]], exit: 0 }),
        folder,
      );
      assert.equal(message, "dlv exited with code 0 before it listened: dlv dap [flags]");
    }));

  it("exits in silence", () =>
    inFolder(async (folder) => {
      const message = await startFails(badDlv({ exit: 3 }), folder);
      assert.equal(message, "dlv exited with code 3 before it listened: it printed nothing");
    }));

  for (const listen of ["line", "glued", "pieces", "silent"] as const) {
    it(`is found although it listens ${listen}`, () =>
      inFolder(async (folder) => {
        const noise: [number, string][] = [[1, "hello from .bashrc\n"]];
        const config = badDlv({ print: noise, listen, answers: ["initialize", "disconnect"] });
        const { client, proxy, seen } = proxied(config, { folder });
        await client.initialize();
        assert.equal(seen("listening").length, 1);
        client.close();
        await proxy.done;
      }));
  }

  it("dies in the middle of the conversation", () =>
    inFolder(async (folder) => {
      const config = badDlv({ listen: "line", answers: ["initialize"], dieAfter: 300 });
      const { client, proxy } = proxied(config, { folder });
      await client.initialize({ padding: "-".repeat(50) }).catch(() => {});
      const failed = await client.requestFails("launch", { padding: "-".repeat(300) }, soonMs);
      assert.equal(failed.message, "dlv was killed by SIGKILL");
      await client.event("terminated");
      client.close();
      await proxy.done;
    }));

  it("sends what is not DAP", () =>
    inFolder(async (folder) => {
      const { client, proxy } = proxied(badDlv({ listen: "line", reply: "HTTP/1.1 400 Bad Request\r\n" }), {
        folder,
      });
      const failed = await client.requestFails("initialize", {}, soonMs);
      assert.equal(
        failed.message,
        'dlv sent what is not a DAP message: the header line "HTTP/1.1 400 Bad Request"',
      );
      client.close();
      await proxy.done;
    }));

  it("never answers and minds no signal: disconnect ends it all the same", () =>
    inFolder(async (folder) => {
      const config = badDlv({ listen: "line", answers: ["initialize"], ignores: ["SIGINT", "SIGTERM"] });
      const { client, proxy, seen } = proxied(config, { folder });
      await client.initialize();
      const launch = client.send("launch", {});
      const pid = seen("spawned")[0]?.pid ?? 0;
      await client.request("disconnect", {}, soonMs);
      const { success, body } = await client.response(launch, soonMs);
      assert.equal(success, false);
      assert.deepEqual(body?.["error"], { id: 11_000, format: "the launch was cancelled", showUser: false });
      await client.event("terminated");
      client.close();
      await proxy.done;
      assert.equal(isAlive(pid), false);
      assert.deepEqual(seen("cancelled"), [{ kind: "cancelled", by: "disconnect" }]);
    }));
});
