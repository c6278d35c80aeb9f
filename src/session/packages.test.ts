import assert from "node:assert/strict";
import { setImmediate as settled } from "node:timers/promises";
import type { Host } from "../core/host.ts";
import { type Launch, planned } from "../core/launch.ts";
import type { ProcessSample } from "../core/process.ts";
import { noTimeline, type Timeline } from "../core/timeline.ts";
import { compileDirectories, countPackages } from "./packages.ts";

/** Two packages, one of them compiled in two steps, as `go build -n` of Go 1.26 prints them. */
const plan = `mkdir -p $WORK/b006/
/usr/local/go/pkg/tool/linux_amd64/compile -o $WORK/b006/_pkg_.a -trimpath "$WORK/b006=>" -p internal/goarch -lang=go1.26 -std -N -l
/usr/local/go/pkg/tool/linux_amd64/asm -p internal/abi -trimpath "$WORK/b005=>" -I $WORK/b005/
"/opt/with space/go/pkg/tool/linux_amd64/compile" -o $WORK/b005/_pkg_.a -p internal/abi -lang=go1.26 -N -l
/usr/local/go/pkg/tool/linux_amd64/compile -V=full -o x -p internal/abi -again
/usr/local/go/pkg/tool/linux_amd64/link -o $WORK/b001/exe/a.out -importcfg x
`;

describe("counting packages", () => {
  it("counts each package that Go would compile once", () => {
    assert.deepEqual([...compileDirectories(plan)], ["b006", "b005"]);
  });

  it("counts none where everything is in the cache", () => {
    assert.equal(compileDirectories("/usr/local/go/pkg/tool/linux_amd64/link -o a.out\n").size, 0);
  });

  it("reads a plan of Windows", () => {
    const line = '"C:\\\\Go\\\\pkg\\\\tool\\\\compile.exe" -o "$WORK\\\\b012\\\\_pkg_.a" -p errors\n';
    assert.deepEqual([...compileDirectories(line.replaceAll("\\\\", "\\"))], ["b012"]);
  });
});

describe("asking Go how many packages there are", () => {
  const compile = (name: string, directory: string, pid: number): ProcessSample => ({
    pid,
    ppid: 2,
    name: "compile",
    argv: ["compile", "-o", `/no/such/go-build1/${directory}/_pkg_.a`, "-p", name],
    state: "R",
    cpuMs: 10,
  });
  const config = { program: "./cmd", dlvCwd: "/w/sub", buildFlags: "-C /m -tags='a b'" };

  /** A counter of a launch in `current`, and what the host was asked. */
  function counting(current: Timeline["current"], code = 0) {
    const asked: { argv: readonly string[]; cwd: string | undefined; network: string }[] = [];
    const host: Host = {
      kind: "local",
      name: "here",
      async run({ argv, cwd, env }) {
        asked.push({ argv, cwd, network: `${env?.["GOPROXY"]} ${env?.["GONOPROXY"]}` });
        return { code, stdout: "", stderr: plan, timedOut: false };
      },
    };
    const launch = (): Launch => ({
      ...planned(config, "/w"),
      timeline: { ...noTimeline, ...(current !== undefined && { current }) },
    });
    const told: string[] = [];
    return { asked, told, counter: countPackages(host, launch, (...one) => told.push(one.join(" of "))) };
  }

  it("is done once, at the second package, with Delve's own words and without the network", async () => {
    const { asked, told, counter } = counting("build");
    counter.sampled({ processes: [compile("main", "b001", 3)] });
    assert.deepEqual(asked, []);
    counter.sampled({ processes: [compile("internal/abi", "b005", 4), compile("main", "b001", 3)] });
    counter.sampled({ processes: [compile("fmt", "b002", 5)] });
    counter.start();
    await settled();
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0], {
      argv: [
        ...["go", "build", "-C", "/m", "-n", "-o", "__debug_bin_planned"],
        ...["-gcflags", "all=-N -l", "-tags=a b", "./cmd"],
      ],
      cwd: "/w/sub",
      network: "off none",
    });
    assert.deepEqual(told, ["0 of 2"]);
  });

  it("is not done for one package, a linker, or another phase", () => {
    const edited = counting("build");
    for (let index = 0; index < 3; index += 1)
      edited.counter.sampled({ processes: [compile("main", "b001", 3)] });
    edited.counter.sampled({ processes: [{ ...compile("", "b001", 4), name: "link", argv: ["link"] }] });
    assert.deepEqual(edited.asked, []);
    const loading = counting("load");
    loading.counter.start();
    assert.deepEqual(loading.asked, []);
  });

  it("tells nothing where Go cannot say", async () => {
    const { asked, told, counter } = counting("build", 1);
    counter.start();
    await settled();
    assert.equal(asked.length, 1);
    assert.deepEqual(told, []);
  });
});
