import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import { type LabFolder, labEnv, makeFolder } from "../../test/lab/module.ts";
import { dlv } from "../../test/lab/tools.ts";
import type { Config } from "../core/config.ts";
import { decode } from "../core/event.ts";
import { planned } from "../core/launch.ts";
import { hidden } from "../core/redact.ts";
import { replay } from "../core/timeline.ts";
import { firstUsual } from "../core/usual.ts";
import { localHost } from "../hosts/local.ts";
import { sampleTree } from "../hosts/procfs.ts";
import { drive } from "./drive.ts";
import { openSession, type SessionOptions } from "./session.ts";
import type { SessionState } from "./state.ts";

const program = `package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	fmt.Println(os.Getenv("TEST_SECRET"), http.StatusText(200))
	fmt.Println("stop here")
}
`;

describe("a session with the real dlv", () => {
  let module: LabFolder;
  let cache: LabFolder;
  before(() => {
    module = makeFolder({ "go.mod": "module example.com/session\n\ngo 1.25\n", "main.go": program });
    cache = makeFolder({});
  });
  after(() => {
    module.remove();
    cache.remove();
  });

  /** Launches to the second Println, with a build cache that is empty the first time. */
  async function launchOnce(more: Partial<SessionOptions> = {}, attributes: Config = {}) {
    const config = {
      name: "Session",
      request: "launch",
      mode: "debug",
      program: module.folder,
      __buildDir: module.folder,
      dlvToolPath: await dlv(),
      env: await labEnv({ GOCACHE: cache.folder, TEST_SECRET: "hunter2-hunter2" }),
      ...attributes,
    };
    const [client, server] = duplexPair();
    const states: SessionState[] = [];
    const lines: string[] = [];
    const session = openSession(server, {
      planned: planned(config, module.folder),
      host: localHost,
      usual: { ...firstUsual, build: 1500 },
      sample: sampleTree,
      log: (line) => lines.push(line),
      changed: (state) => states.push(state),
      ...more,
    });
    const driven = drive(client, {
      request: "launch",
      config,
      breakpoints: [{ file: `${module.folder}/main.go`, line: 11 }],
      goal: "stop",
    });
    const ended = await driven.reached;
    await driven.disconnect();
    await session.done;
    return { ended, session, states, lines };
  }

  it("sees a cold build as slow, never as stalled, and counts its packages to the last one", async () => {
    const { ended, session, states } = await launchOnce();
    assert.equal(ended, "stopped");
    assert.ok(states.some((state) => state.late));
    assert.deepEqual(
      states.flatMap((state) => state.stall ?? []),
      [],
    );
    const { packages, phases } = session.launch().timeline;
    assert.ok(packages !== undefined && packages.total > 50, JSON.stringify(packages));
    assert.equal(packages.done, packages.total);
    const first = states.find((state) => state.launch.timeline.packages !== undefined)?.launch.timeline;
    const known = first?.packages?.done ?? packages.total;
    assert.ok(known < packages.total / 2, `the total is known when ${known} of ${packages.total} are done`);
    const build = phases.find((phase) => phase.name === "build");
    const { parts = [], slowest = [], ms = 0 } = build ?? {};
    assert.equal(slowest.length > 0, ms >= 4000, `${JSON.stringify(slowest)} of ${ms} ms`);
    assert.ok((parts.find((part) => part.name === "compile")?.count ?? 0) > 50, JSON.stringify(parts));
  });

  it("records a warm launch as a log that replays into the same timeline, without a secret in it", async () => {
    const asked: string[] = [];
    const { ended, session, lines } = await launchOnce({
      // However busy the machine is: a launch that is late is asked about whatever it does.
      usual: { ...firstUsual, build: 600_000 },
      host: {
        ...localHost,
        run(command, limits) {
          asked.push(command.argv.join(" "));
          return localHost.run(command, limits);
        },
      },
    });
    assert.equal(ended, "stopped");
    assert.deepEqual(asked, [], "a warm launch costs nothing");
    const log = lines.join("");
    assert.deepEqual(replay(decode(log)), session.launch().timeline);
    assert.deepEqual(
      session.launch().timeline.phases.map((phase) => phase.name),
      ["start", "handshake", "build", "load", "configure", "run"],
    );
    assert.doesNotMatch(log, /hunter2/);
    assert.match(session.launch().timeline.printed, new RegExp(`^${hidden} OK`, "m"));
  });

  const throws = () => {
    throw new Error("a mistake of ours");
  };
  for (const [what, broken] of [
    ["what it tells", { changed: throws }],
    ["its log", { log: throws }],
    ["a sample", { sample: throws }],
  ] as const) {
    it(`reaches its breakpoint though ${what} fails`, async () => {
      const { ended, session } = await launchOnce(broken);
      assert.equal(ended, "stopped");
      assert.deepEqual(
        session.events.flatMap((event) => (event.kind === "bypassed" ? event.because : [])),
        ["a mistake of ours"],
      );
    });
  }

  it("tells Delve's own error though it cannot be decorated", async () => {
    const config = { mode: "exec", program: "/no/such/program" };
    const { ended, session } = await launchOnce({ decorate: throws }, config);
    assert.equal(ended, "failed");
    const { failure } = session.launch().timeline;
    assert.match(failure?.text ?? "", /no such file or directory/);
    assert.ok(session.events.some(({ kind }) => kind === "bypassed"));
  });
});
