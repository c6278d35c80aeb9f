import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { duplexPair } from "node:stream";
import type { Message } from "../../test/dap/client.ts";
import { type Proxied, proxied, until } from "../../test/lab/proxied.ts";
import type { Config } from "../core/config.ts";
import { proxyConnection } from "./connection.ts";
import type { ProxyOptions } from "./contract.ts";
import { createFramer, encodeFrame, parseFrame } from "./frames.ts";

/**
 * The far end of the proxy, played by the test: it answers initialize and nothing else by itself. No process is needed
 * for what the proxy says in dlv's place; what Delve really does is in the *.real.ts files.
 */
interface FarEnd extends Proxied {
  /** The requests that reached dlv. */
  readonly heard: Message[];
  say(message: object): void;
  /** Answers the newest request of this name. */
  answer(command: string, more?: object): Promise<void>;
  readonly socket: () => Socket;
}

async function withDlv(use: (far: FarEnd) => Promise<void>, more: Partial<ProxyOptions> = {}): Promise<void> {
  const heard: Message[] = [];
  let socket: Socket | undefined;
  const there = () => {
    if (socket === undefined) throw new Error("the proxy has not connected");
    return socket;
  };
  const say = (message: object) => void there().write(encodeFrame({ seq: 0, ...message }));
  const respond = (to: Message, rest: object = {}) =>
    say({ type: "response", request_seq: to.seq, command: to.command, success: true, ...rest });
  const server = createServer((peer) => {
    socket = peer;
    const framer = createFramer();
    peer.on("error", () => {});
    peer.on("data", (chunk: Buffer) => {
      for (const frame of framer.push(chunk)) {
        const message = parseFrame(frame) as unknown as Message;
        heard.push(message);
        if (message.command === "initialize") respond(message, { body: { supportsRestartRequest: true } });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const far = proxied({ request: "attach", mode: "remote", port }, { folder: "/" }, more);
  const answer = async (command: string, rest?: object) => {
    const newest = () => heard.findLast((message) => message.command === command);
    await until(`${command} at dlv`, () => newest() !== undefined);
    respond(newest() as Message, rest);
  };
  try {
    await use({ ...far, heard, say, answer, socket: there });
  } finally {
    far.client.close();
    await far.proxy.done;
    server.close();
    socket?.destroy();
  }
}

describe("the proxy, in dlv's place", () => {
  it("offers a client with progress to cancel during the launch, and never Delve's own restart", () =>
    withDlv(async ({ client, say }) => {
      const { body } = await client.initialize();
      assert.deepEqual(body, { supportsRestartRequest: false, supportsCancelRequest: true });
      say({ type: "event", event: "stopped", body: { reason: "entry" } });
      const changed = await client.event("capabilities");
      assert.deepEqual(changed.body, { capabilities: { supportsCancelRequest: false } });
      await client.event("stopped");
    }));

  it("changes nothing for a client without progress, and shows it none", () =>
    withDlv(async ({ client, proxy, say }) => {
      const { body } = await client.initialize({ supportsProgressReporting: false });
      assert.deepEqual(body, { supportsRestartRequest: true });
      proxy.progress("p", "Launching").update("half", 50);
      say({ type: "event", event: "stopped" });
      await client.event("stopped");
      assert.ok(
        !client.received.some(({ event }) => event === "capabilities" || event?.startsWith("progress")),
      );
    }));

  it("takes a cancel of the launch request itself", () =>
    withDlv(async ({ client, heard, seen }) => {
      await client.initialize();
      const attach = client.send("attach", {});
      await client.request("cancel", { requestId: attach });
      assert.equal((await client.response(attach)).success, false);
      await client.event("terminated");
      assert.ok(!heard.some(({ command }) => command === "cancel"));
      assert.deepEqual(seen("cancelled"), [{ kind: "cancelled", by: "cancel" }]);
    }));

  it("takes a cancel of anything else, and does nothing about it", () =>
    withDlv(async ({ client, answer, say }) => {
      await client.initialize();
      const attach = client.send("attach", {});
      await client.request("cancel", { requestId: 77 });
      await client.request("cancel", { progressId: "not ours" });
      say({ type: "event", event: "initialized" });
      await answer("attach");
      assert.equal((await client.response(attach)).success, true);
    }));

  it("answers a disconnect that dlv leaves unanswered", () =>
    withDlv(async ({ client, answer, say, heard }) => {
      await client.initialize();
      const attach = client.send("attach", {});
      say({ type: "event", event: "initialized" });
      await answer("attach");
      await client.response(attach);
      await client.request("disconnect", {}, 10_000);
      assert.ok(heard.some(({ command }) => command === "disconnect"));
    }));

  it("lets dlv answer a disconnect when it reads", () =>
    withDlv(async ({ client, answer, say, seen }) => {
      await client.initialize();
      const attach = client.send("attach", {});
      say({ type: "event", event: "initialized" });
      await answer("attach");
      await client.response(attach);
      const disconnect = client.send("disconnect", {});
      await answer("disconnect", { body: { by: "dlv" } });
      assert.deepEqual((await client.response(disconnect)).body, { by: "dlv" });
      assert.deepEqual(seen("cancelled"), []);
    }));

  it("tells why when dlv closes the connection, and refuses what comes later", () =>
    withDlv(async ({ client, socket, seen }) => {
      await client.initialize();
      const attach = client.send("attach", {});
      await until("the attach", () => seen("request").length === 2);
      socket().end();
      const { message } = await client.response(attach);
      assert.equal(message, "Delve closed the connection");
      await client.event("terminated");
      assert.equal((await client.requestFails("threads")).message, "Delve closed the connection");
      await client.request("disconnect");
      assert.deepEqual(seen("lost"), [{ kind: "lost", side: "dlv", because: "Delve closed the connection" }]);
    }));

  it("takes an internal error that names no command for the answer of the attach it belongs to", () =>
    withDlv(async ({ client, heard, say, seen }) => {
      await client.initialize();
      const attach = client.send("attach", {});
      await until("the attach at dlv", () => heard.some(({ command }) => command === "attach"));
      const error = { id: 8888, format: "Internal Error: runtime error: index out of range" };
      const request_seq = heard.find(({ command }) => command === "attach")?.seq;
      say({ type: "response", request_seq, success: false, message: "Internal Error", body: { error } });
      assert.equal((await client.response(attach)).command, "attach");
      const [, failed] = seen("response");
      assert.deepEqual(failed?.kind === "response" && [failed.command, failed.error?.text], [
        "attach",
        "Internal Error: runtime error: index out of range",
      ]);
    }));

  it("has its own errors decorated too, and text with braces shown as it is", () =>
    withDlv(
      async ({ client }) => {
        const { error } = await client.requestFails("initialize");
        assert.equal(error["urlLabel"], "Diagnose");
        assert.deepEqual(error["variables"], { text: "no {plan}" });
      },
      {
        plan: () => {
          throw new Error("no {plan}");
        },
        decorate: (error) => ({ ...error, urlLabel: "Diagnose" }),
      },
    ));

  it("refuses a client that does not speak DAP", async () => {
    const [near, far] = duplexPair();
    const record = () => {};
    const proxy = proxyConnection(far, {
      plan: () => ({ kind: "connect", host: "127.0.0.1", port: 9 }),
      record,
    });
    near.write("GET / HTTP/1.1\r\n\r\n");
    let said = "";
    near.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until("the end", () => said.includes("terminated"));
    assert.match(said, /the client sent what is not a DAP message: the header line/);
    near.end();
    await proxy.done;
  });

  it("passes bytes on untouched when the launch is over, DAP or not", () =>
    withDlv(async ({ client, proxy, say, socket, heard }) => {
      await client.initialize();
      say({ type: "event", event: "stopped" });
      await client.event("stopped");
      await proxy.over;
      const body = '{"type":"event", "event":"memory",\t"body":{}}';
      const odd = `X-More: yes\r\ncontent-length:  ${body.length} \r\n\r\n${body}`;
      socket().write(odd.slice(0, 20));
      socket().write(odd.slice(20));
      await client.event("memory");
      client.send("cancel", { requestId: 1 });
      await until("the cancel at dlv", () => heard.some(({ command }) => command === "cancel"));
    }));

  it("gives the launch's arguments to its owner before dlv hears them", () => {
    const asked: unknown[] = [];
    return withDlv(
      async ({ client, heard }) => {
        await client.initialize();
        client.send("attach", { __sessionId: "abc" });
        await until("the attach at dlv", () => heard.some(({ command }) => command === "attach"));
        assert.deepEqual(asked, [["attach", { __sessionId: "abc" }]]);
      },
      { asked: (...args) => asked.push(args) },
    );
  });

  it("sends a launch on with the arguments that were prepared", () =>
    withDlv(
      async ({ client, heard }) => {
        await client.initialize();
        client.send("launch", { program: "/p" });
        client.send("threads");
        await until("both at dlv", () => heard.length === 3);
        const [, launch] = heard.filter(({ command }) => command !== "threads");
        assert.deepEqual(launch?.arguments, { program: "/p", output: "/o" });
        assert.equal(launch?.seq, 2);
      },
      { prepare: async (args) => ({ ...args, output: "/o" }) },
    ));

  it("sends a launch on as it came where it cannot be prepared, or the bytes are to run", async () => {
    const unprepared = {
      failed: () => Promise.reject(new Error("no")),
      never: () => new Promise<never>(() => {}),
    };
    for (const [how, prepare] of Object.entries(unprepared))
      await withDlv(
        async ({ client, proxy, heard }) => {
          await client.initialize();
          client.send("launch", { program: "/p" });
          // Its answer says that the launch before it has come to the proxy.
          await client.request("cancel", { requestId: 99 });
          if (how === "never") proxy.launchOver();
          await until("the launch at dlv", () => heard.some(({ command }) => command === "launch"));
          assert.deepEqual(heard.at(-1)?.arguments, { program: "/p" });
        },
        { prepare },
      );
  });

  it("never sends a launch on that was cancelled while it was prepared", async () => {
    let prepared: (args: Config) => void = () => {};
    await withDlv(
      async ({ client, heard }) => {
        await client.initialize();
        const asked = client.send("launch", { program: "/p" });
        const left = client.send("disconnect");
        assert.equal((await client.response(asked)).success, false);
        assert.equal((await client.response(left)).success, true);
        prepared({});
        await client.closed;
        assert.ok(!heard.some(({ command }) => command === "launch"));
      },
      {
        prepare: () =>
          new Promise((resolve) => {
            prepared = resolve;
          }),
      },
    );
  });
});
