import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dapClient } from "../../test/dap/client.ts";
import { build, goEnv, module } from "../../test/lab/go.ts";
import { inFolder, until } from "../../test/lab/proxied.ts";
import { dlv } from "../../test/lab/tools.ts";
import { proxyConnection } from "./connection.ts";
import { listen } from "./listen.ts";
import { planDlv } from "./plan.ts";

const megabytes = 50;
/** What may wait in this process (bytes): the backlog, and what streams and sockets hold. */
const bound = 16 * 1024 * 1024;
const printer = `package main

import (
	"bufio"
	"os"
	"strings"
)

func main() {
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	line := strings.Repeat("x", 1023) + "\\n"
	for i := 0; i < ${megabytes}<<10; i++ {
		out.WriteString(line)
	}
	out.Flush()
}
`;

function held(): number {
  const { arrayBuffers, external } = process.memoryUsage();
  return arrayBuffers + external;
}

describe("a program that prints much", () => {
  it("is slowed down by a slow client, and loses nothing", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": printer });
      await build(folder, join(folder, "printer"));
      const config = { request: "launch", mode: "exec", program: join(folder, "printer"), noDebug: true };
      const [command, env] = [await dlv(), await goEnv()];
      let done: Promise<void> | undefined;
      const listener = await listen((socket) => {
        const proxy = proxyConnection(socket, {
          plan: () => planDlv(config, { folder, dlv: command, env }),
          record: () => {},
        });
        done = proxy.done;
        return proxy;
      });
      const socket = connect(listener.port, "127.0.0.1");
      const client = dapClient(socket);
      await client.initialize();
      const before = held();
      await client.request("launch", config);
      socket.pause();
      let most = 0;
      for (let look = 0; look < 40; look++) {
        await sleep(25);
        most = Math.max(most, held() - before);
      }
      assert.ok(most < bound, `${most} bytes were held for a client that does not read`);
      socket.resume();
      await client.event("terminated");
      const size = () =>
        client.received
          .filter(({ event, body }) => event === "output" && body?.["category"] === "stdout")
          .reduce((sum, { body }) => sum + String(body?.["output"]).length, 0);
      await until("all of it", () => size() >= megabytes << 20);
      assert.equal(size(), megabytes << 20);
      socket.end();
      await done;
      listener.close();
    }));
});
