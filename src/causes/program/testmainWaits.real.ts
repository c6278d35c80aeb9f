import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, type LabFolder, labEnv, makeFolder, warmFor } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import type { Launch } from "../../core/launch.ts";

const id = "testmain-waits";

/** TestMain waits for a word of AT, where that is set; TestLate does so itself for LATE. */
const source = `package waits

import (
	"net"
	"os"
	"testing"
)

func wait(at string) {
	if at == "" {
		return
	}
	conn, err := net.Dial("tcp", at)
	if err != nil {
		panic(err)
	}
	conn.Read(make([]byte, 1))
}

func TestMain(m *testing.M) {
	wait(os.Getenv("AT"))
	os.Exit(m.Run())
}

func TestLate(t *testing.T) {
	wait(os.Getenv("LATE"))
	t.Log("behind it")
}
`;

/** A service that takes connections and says nothing until it is ready. */
async function service() {
  const open = new Set<Socket>();
  let ready = false;
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    if (ready) socket.write("x");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    at: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    becomeReady() {
      ready = true;
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

describe("a test binary that waits before its tests", function () {
  this.timeout(240_000);
  let lab: LabFolder;
  let env: Record<string, string> = {};
  before(async () => {
    lab = makeFolder({ "go.mod": "module example.com/waits\n\ngo 1.21\n", "waits_test.go": source });
    env = await labEnv();
    warmFor(lab.folder, env, ["test", "-c"]);
  });
  after(() => lab.remove());

  const launch = (more: Record<string, string>, args: readonly string[] = ["-test.v"]) =>
    labLaunch({
      config: debugConfig(lab.folder, { ...env, ...more }, { mode: "test", args }),
      folder: lab.folder,
      breakpoints: [{ file: join(lab.folder, "waits_test.go"), line: 27 }],
      enough: ({ timeline }: Launch) => timeline.current === "run" && timeline.idleMs > 2500,
    });

  it("is found by the connection that nobody answers, and is clear once the service is ready", async () => {
    const database = await service();
    try {
      const waits = await launch({ AT: database.at });
      assert.equal(waits.ended, "enough");
      const finding = named(waits, id, "likely");
      assert.match(finding.because, new RegExp(`waits for ${database.at}, and no test has begun`));
      assert.match(finding.evidence[0] ?? "", new RegExp(`to ${database.at} ESTABLISHED, nothing to read`));
      database.becomeReady();
      cured(finding, await launch({ AT: database.at }));
    } finally {
      database.close();
    }
  });

  it("is not found where a test has begun and waits itself", async () => {
    const database = await service();
    try {
      const waits = await launch({ LATE: database.at });
      assert.match(waits.launch.timeline.printed, /=== RUN {3}TestLate/);
      silent(waits, "a test that waits for a service itself", "enough");
    } finally {
      database.close();
    }
  });
});
