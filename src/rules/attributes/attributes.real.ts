import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { type DapClient, dapClient, type Json } from "../../../test/dap/client.ts";
import { makeTextLab, type TextLab } from "../../../test/lab/textFaults.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import { sampleWorld } from "../../../test/language/sampleWorld.ts";
import { check } from "../../language/check.ts";
import { openDocument } from "../../language/open.ts";
import { attributes as rules } from "./index.ts";

interface Server {
  readonly client: DapClient;
  readonly end: () => Promise<void>;
}

/** A real dlv that takes one request after the other, as long as it refuses them. */
async function startDlv(lab: TextLab): Promise<Server> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const child: ChildProcess = spawn(await dlv(), ["dap", `--client-addr=127.0.0.1:${address.port}`], {
    cwd: lab.folder,
    env: { ...process.env, ...lab.env },
    stdio: "ignore",
  });
  const [socket] = (await once(server, "connection")) as [Socket];
  const client = dapClient(socket);
  await client.initialize();
  return {
    client,
    async end() {
      server.close();
      // Its last words come after its end.
      const exit = once(child, "close");
      // dlv ends its program with it, and itself after that.
      client.send("disconnect", { terminateDebuggee: true });
      await Promise.race([exit, client.closed]);
      client.close();
      if (child.exitCode === null) child.kill("SIGKILL");
      await exit;
    },
  };
}

/** What the rules of this group call an error. */
function errors(config: Json): readonly string[] {
  const text = JSON.stringify({ configurations: [{ name: "real", type: "go", ...config }] });
  const document = openDocument("/w/.vscode/launch.json", "launch", text);
  return check(document, rules, sampleWorld).flatMap(({ severity, code }) =>
    severity === "error" ? [code] : [],
  );
}

describe("what is said of single attributes, with the real dlv", function () {
  this.timeout(180_000);
  let lab: TextLab;
  before(async () => {
    lab = makeTextLab(await go());
  });
  after(() => lab.remove());

  const launch = (more: Json): Json => ({ request: "launch", mode: "exec", program: lab.app, ...more });
  const attach = (more: Json): Json => ({ request: "attach", mode: "local", processId: 99_999_999, ...more });

  it("calls an error what dlv refuses", async () => {
    const cases: readonly (readonly [code: string, config: Json, words: RegExp])[] = [
      ...Object.entries({
        args: ["a", 1],
        env: { A: 1 },
        stopOnEntry: "true",
        stackTraceDepth: 1.5,
        maxStringLen: "9",
        cwd: 3,
        output: true,
        buildFlags: ["a", 1],
        noDebug: "true",
        showPprofLabels: "*",
        goroutineFilters: ["a"],
        followExec: "true",
        dlvCwd: 3,
        coreFilePath: 3,
        backend: 3,
        mode: 1,
      }).map(([name, value]) => ["DLV102", launch({ [name]: value }), /cannot unmarshal/] as const),
      ["DLV102", launch({ substitutePath: [{ from: "/a" }] }), /requires both/],
      ["DLV102", launch({ substitutePath: [null] }), /requires both/],
      ["DLV102", launch({ substitutePath: { "/a": "/b" } }), /cannot unmarshal/],
      ["DLV102", attach({ processId: 4.5 }), /cannot unmarshal/],
      [
        "DLV102",
        attach({ mode: "remote", processId: "4", port: 1, debugAdapter: "dlv-dap" }),
        /cannot unmarshal/,
      ],
      ["DLV102", attach({ waitFor: 3 }), /cannot unmarshal/],
      ["DLV103", attach({ mode: "exec" }), /unsupported 'mode'/],
      ["DLV104", launch({ mode: "Exec" }), /unsupported 'mode'/],
      ["DLV104", launch({ mode: "remote", debugAdapter: "dlv-dap" }), /unsupported 'mode'/],
      ["DLV104", launch({ backend: "gdb" }), /unknown backend/],
      ["DLV104", launch({ outputMode: "both" }), /unsupported 'outputMode'/],
      ["DLV104", attach({ backend: "rr" }), /unknown backend/],
      ["DLV104", attach({ processId: -4 }), /invalid process ID/],
      ["DLV108", launch({ program: "" }), /program attribute is missing/],
      ["DLV108", launch({ mode: "core" }), /'coreFilePath' attribute is missing/],
      ["DLV108", launch({ mode: "replay" }), /'traceDirPath' attribute is missing/],
      ["DLV108", { request: "attach", mode: "remote", debugAdapter: "dlv-dap" }, /no debugger found/],
    ];
    const server = await startDlv(lab);
    try {
      for (const [code, config, words] of cases) {
        assert.ok(
          errors(config).includes(code),
          `${code} for ${JSON.stringify(config)}: ${errors(config).join()}`,
        );
        const { message, error } = await server.client.requestFails(String(config["request"]), config);
        assert.match(`${message} ${String(error["format"])}`, words, JSON.stringify(config));
      }
    } finally {
      await server.end();
    }
  });

  it("calls no error what dlv takes, however odd", async () => {
    const config = launch({
      args: null,
      env: { LEVEL: null },
      stackTraceDepth: -1,
      buildFlags: ["-race"],
      backend: "",
      outputMode: "",
      substitutePath: [
        { from: "/a", to: "" },
        { From: "/b", TO: "/c", more: 1 },
      ],
      StopOnEntry: true,
      processId: "abc",
      waitFor: 3,
      coreFilePath: "/none",
      somethingElse: {},
    });
    assert.deepEqual(errors(config), []);
    const server = await startDlv(lab);
    try {
      await server.client.request("launch", config);
      await server.client.event("initialized");
      await server.client.request("configurationDone");
      // In its own letters or not: Delve stops at the entry.
      const stopped = await server.client.event("stopped");
      assert.equal(stopped.body?.["reason"], "entry");
    } finally {
      await server.end();
    }
  });

  it("knows which attributes of an attach dlv does not look at", async () => {
    const config = attach({ program: 3, args: "a", cwd: 3, buildFlags: 3, env: { A: 1 }, dlvCwd: 3 });
    assert.deepEqual(errors(config), []);
    const server = await startDlv(lab);
    try {
      const { error } = await server.client.requestFails("attach", config);
      assert.match(String(error["format"]), /could not attach to pid/);
    } finally {
      await server.end();
    }
  });

  it("knows what becomes of flags that golang.go makes of a text", async () => {
    const say = async (...args: readonly string[]) => {
      const child = spawn(await dlv(), ["dap", ...args, "--listen=127.0.0.1:0"], { stdio: "pipe" });
      let text = "";
      const listening = new Promise<void>((resolve) => {
        const hear = (piece: Buffer) => {
          text += piece.toString();
          if (text.includes("listening at")) resolve();
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
      });
      // Its last words come after its end.
      const exit = once(child, "close");
      await Promise.race([listening, exit]);
      child.kill("SIGKILL");
      await exit;
      return text;
    };
    assert.deepEqual(errors(launch({ showLog: "false" })), ["DLV102"]);
    assert.match(await say("--log=false", "--log-output=debugger"), /without --log/);
    assert.deepEqual(errors(launch({ dlvFlags: "--log" })), []);
    const said = await say(..."--log");
    assert.match(said, /arguments ignored/);
    assert.match(said, /listening at/);
  });
});
