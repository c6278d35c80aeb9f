import assert from "node:assert/strict";
import type { Config } from "../../core/config.ts";
import type { View } from "../../core/rule.ts";
import { unknownWorld, type World } from "../../core/world.ts";
import { contradictions } from "./index.ts";

const world = (known: Partial<World>): World => ({ ...unknownWorld, ...known });

/** The codes of what is said of a launch in mode debug, and of the attributes that make it another. */
function told(attributes: Config, known: Partial<World> = {}): string[] {
  const config: Config = { request: "launch", mode: "debug", program: "${workspaceFolder}", ...attributes };
  const request = config["request"] === "attach" ? "attach" : "launch";
  const view: View = { config, request, mode: String(config["mode"]) };
  return contradictions.flatMap((rule) =>
    rule.of === "configuration"
      ? Array.from(
          rule.check(view, world(known)),
          ({ severity }) => `${rule.code} ${severity ?? rule.severity}`,
        )
      : [],
  );
}

const remote = { request: "attach", mode: "remote", port: 2345 };

/** Configurations that are right, each with what is known of the world. */
const right: readonly (readonly [Config, Partial<World>?])[] = [
  // A remote attach wants a port, and a variable may be anything.
  [remote],
  [{ ...remote, host: "build7" }],
  [{ debugAdapter: "legacy", port: 2345, host: "build7", asRoot: true }],
  [{ port: 2345 }, { setting: (key) => (key === "go.delveConfig" ? { debugAdapter: "legacy" } : undefined) }],
  [{ debugServer: 4711, port: 2345 }],
  // Another rule says that this is no port.
  [{ port: "abc" }],
  [{ host: "localhost" }],
  [{ host: "10.0.0.7", delveDoctor: { on: "ssh:build7" } }],
  [{ host: "${input:host}" }],
  [{ host: "10.0.0.7", console: "integratedTerminal" }],
  [{ console: "externalTerminal", asRoot: true }],
  [{ console: "${input:console}", asRoot: true }],
  [{ asRoot: false }],
  [{ delveDoctor: { on: "local" }, console: "integratedTerminal" }],
  [
    {
      delveDoctor: { on: "ssh:a" },
      console: "integratedTerminal",
      mode: "remote",
      request: "attach",
      port: 1,
    },
  ],
  [{ request: "attach", mode: "local", processId: 0, waitFor: "shop" }],
  [{ request: "attach", mode: "local", processId: 7, waitFor: "" }],
  // Stripping and trimming that does not happen, or does not matter.
  [{ buildFlags: "-ldflags='-X main.s=-s'" }],
  [{ buildFlags: "-ldflags=-w=false" }],
  [{ buildFlags: "-ldflags='-s -w' -ldflags='-X main.v=1'" }],
  [{ buildFlags: "-ldflags='example.com/tool/...=-s -w'" }],
  [{ buildFlags: "-ldflags='-X main.v=1'", env: { GOFLAGS: "-ldflags=-s" } }],
  [{ buildFlags: "-ldflags='-s -w'", noDebug: true }],
  [{ buildFlags: "-ldflags='-s -w'", mode: "exec" }],
  [{ buildFlags: "-ldflags='-s -w=0'" }, { platform: "osx" }],
  [{ buildFlags: "${input:flags}" }],
  [{ buildFlags: "-trimpath=false" }],
  [{ buildFlags: "-trimpath -trimpath=false", mode: "exec" }],
  [{ buildFlags: "-trimpath", substitutePath: [{ from: "${workspaceFolder}", to: "example.com/shop" }] }],
  [
    { buildFlags: "-trimpath" },
    { setting: () => ({ substitutePath: [{ from: "/home/me/shop", to: "example.com/shop" }] }) },
  ],
  // Flags in every form that go gets as it was meant.
  [{ buildFlags: "-tags a,b -race -v" }],
  [{ buildFlags: "-tags=a,b ./cmd/shop" }],
  [{ buildFlags: "-ldflags '-X main.v=1' -tags 'a b'" }],
  [{ buildFlags: "-ldflags='-X \"main.v=a b\"'" }],
  [{ buildFlags: ["-tags", "a", "-ldflags", "-X main.v=1"] }],
  [{ buildFlags: ["-ldflags", "-X", "-v"] }],
  [{ buildFlags: "-x -v -p 2 -ldflags -linkmode=external" }],
  [{ buildFlags: ["-tags=a b", "-ldflags=-X 'main.v=a b'"] }],
  [{ buildFlags: '-ldflags=-X=main.size=5"' }],
  [{ buildFlags: "" }],
  [{ buildFlags: [] }],
  [{ buildFlags: "-buildmode=pie -a=false -work -toolexec=time" }],
  [{ buildFlags: "-C ../other -race" }],
  [{ buildFlags: "-v -ldflags -a" }],
  [{ buildFlags: "-race -o /tmp/shop", output: "/tmp/shop" }],
  [{ mode: "test", buildFlags: "-cover -coverpkg=./... -v" }],
  [{ env: { GOFLAGS: "" } }],
  [{ env: { GOFLAGS: "  -mod=mod   '-ldflags=-X main.v=1' \"-tags=a b\" --race " } }],
  [{ env: { GOFLAGS: "-tags a" }, mode: "exec" }],
  [{ env: { GOFLAGS: "${env:GOFLAGS} -v" } }],
  // Variables that are as they should be.
  [{ env: { CGO_CFLAGS: "-O1 -g" } }],
  [{ env: { CGO_CFLAGS: "" } }],
  [{ env: { CGO_CFLAGS: "-ggdb3 -I/opt" } }],
  [{ env: { GODEBUG: "gctrace=1,mmapper=1", LD_PRELOAD: "/usr/lib/libasan.so" } }],
  [{ env: { GOOS: "linux", GOARCH: "amd64" } }],
  [{ env: { GOOS: "windows" } }, { platform: "windows" }],
  [{ env: { GOOS: "darwin" } }, { platform: "osx" }],
  [{ env: { GOOS: "windows" }, port: 2345, host: "127.0.0.1", debugServer: 1 }],
  [{ env: { GOOS: "js" }, mode: "exec" }],
  [{ env: { A: "b=c", B: null } }],
  [{ env: { "A=b": null, "": null } }],
  [{ buildFlags: "-race", env: { CGO_ENABLED: "0" } }, { platform: "osx" }],
  [{ buildFlags: "-race=false", env: { CGO_ENABLED: "0" } }],
  [{ buildFlags: "-race", env: { CGO_ENABLED: "1" } }],
  // Flags of dlv dap that it honours.
  [{ dlvFlags: ["--check-go-version=false", "--only-same-user=false", "--log", "--log-output", "dap"] }],
  [{ dlvFlags: ["--log-output=dap"], showLog: true }],
  [{ dlvFlags: ["--log", "--log-dest", "--continue", "--disable-aslr"] }, { platform: "windows" }],
  [{ dlvFlags: ["--log-dest=/tmp/my log"], console: "integratedTerminal" }],
  [{ dlvFlags: ["--log-dest=C:\\dlv.log"] }, { platform: "windows" }],
  [{ logOutput: "dap" }, { setting: () => ({ showLog: true }) }],
  [{ logOutput: "" }],
  // Programs that fit their mode.
  [{ mode: "test", program: "${workspaceFolder}/a_test.go" }],
  [{ mode: "auto", program: "${workspaceFolder}/a_test.go" }],
  [{ mode: "test", program: "${fileDirname}/${fileBasenameNoExtension}.go" }],
  [{ mode: "debug", program: "${file}" }],
  // The legacy adapter takes the directory of any file in mode test.
  [{ mode: "test", program: "/w/shop.go", debugAdapter: "legacy" }],
  [{ mode: "test", program: "${file}", debugAdapter: "legacy" }],
  [{ mode: "auto", program: "${file}" }],
  [
    { mode: "test", program: "/w/shop.go" },
    { expand: (text) => text, look: () => "directory" },
  ],
  [{ mode: "test", args: ["-test.run", "-run", "-test.v", "x", "-run"] }],
  [{ mode: "test", args: ["-config", "a", "-run", "b"] }],
  [{ mode: "debug", args: ["-run", "x"] }],
  // Pairs that may map something.
  [{ substitutePath: [{ from: "", to: "" }] }],
  [{ substitutePath: [{ from: "C:\\src", to: "/src" }] }],
  [{ substitutePath: [{ from: "\\\\server\\src", to: "/src" }] }],
  [{ substitutePath: [{ from: "${workspaceFolder}", to: "example.com/shop" }] }],
  [{ substitutePath: [{ from: "/home/me/link", to: "${workspaceFolder}" }] }],
  [{ ...remote, substitutePath: [{ from: "${workspaceFolder}", to: "${workspaceFolder}" }] }],
  [{ stdoutTo: "a", stderrTo: "b", outputMode: "local" }],
  [{ outputMode: "remote", stdoutTo: "a" }, { delve: () => "1.25.2" }],
  [{ noDebug: false, stopOnEntry: true }],
];

/** Configurations that are wrong, and what is said of them. */
const wrong: readonly (readonly [string, Config, Partial<World>?])[] = [
  ["DLV201 warning", { port: 2345, console: "integratedTerminal" }],
  ["DLV201 information", { port: 2345, dlvFlags: [] }],
  ["DLV201 information", { port: "${input:port}", console: "internalConsole" }],
  ["DLV201 warning", { request: "attach", mode: "local", port: 2345 }],
  ["DLV201 information", { request: "attach", mode: "local", port: 2345, processId: 7 }],
  ["DLV206 warning", { buildFlags: ["-ldflags=-s -w"] }],
  ["DLV206 warning", { env: { GOFLAGS: "-ldflags=-w" } }],
  ["DLV206 error", { buildFlags: "-ldflags='-s -w=0'" }],
  ["DLV207 warning", { env: { GOFLAGS: "-mod=mod -trimpath" }, mode: "test" }],
  // golang.go takes it out, and nothing is left that Delve could tear.
  ["DLV208 information", { buildFlags: '-gcflags="all=-N -l"' }],
  ["DLV208 warning", { buildFlags: "--gcflags=-m" }],
  ["DLV208 warning", { buildFlags: ["-gcflags=-m"] }],
  ["DLV208 information", { buildFlags: ["-gcflags", "all=-N -l"] }],
  ["DLV208 warning", { env: { GOFLAGS: "-gcflags=-m" } }],
  ["DLV209 warning", { buildFlags: ["-o=x"] }],
  ["DLV209 error", { buildFlags: "-buildmode c-shared" }],
  ["DLV210 warning", { mode: "test", buildFlags: "-race -short" }],
  ["DLV211 warning", { buildFlags: '-tags="a"' }],
  ["DLV211 error", { buildFlags: "-ldflags=-X main.v=1" }],
  // Half of a list without quotes is a flag that go does not have.
  ["DLV211 error", { buildFlags: "-gcflags=all=-N -l" }],
  ["DLV211 error", { buildFlags: "-race --gcflags=all=-N -l" }],
  ["DLV211 error", { buildFlags: "-ldflags -s -w" }],
  ["DLV211 error", { buildFlags: ["-gcflags", "all=-N", "-l"] }],
  ["DLV211 warning", { buildFlags: "-ldflags=-s -w", mode: "auto" }],
  ["DLV212 error", { env: { GOFLAGS: "-mod=mod -gcflags=all=-N -l" } }],
  ["DLV212 error", { env: { GOFLAGS: "'-tags=a" } }],
  ["DLV212 error", { env: { GOFLAGS: '-ldflags="-X main.v=1"' } }],
  ["DLV215 warning", { dlvFlags: ["--listen=:2345"] }],
  ["DLV216 error", { dlvFlags: ["--continue"] }],
  ["DLV216 error", { dlvFlags: ["--check-go-version=false", "--tty", "/dev/pts/3"] }],
  ["DLV215 warning", { dlvFlags: ["--log", "--log-dest", "/tmp/dlv.log"] }],
  ["DLV217 warning", { dlvFlags: ["--log-output=dap"] }],
  ["DLV219 warning", { env: { GOOS: "windows" } }],
  ["DLV219 error", { env: { GOARCH: "arm" }, delveDoctor: { on: "ssh:pi" } }],
  ["DLV223 warning", { ...remote, substitutePath: [{ from: "/app", to: "${workspaceFolder}" }] }],
  ["DLV223 warning", { substitutePath: [{ from: "~/shop", to: "/app" }] }],
];

describe("contradictions", () => {
  for (const [config, known] of right)
    it(`says nothing of ${JSON.stringify(config)}`, () => assert.deepEqual(told(config, known), []));

  for (const [what, config, known] of wrong)
    it(`says ${what} of ${JSON.stringify(config)}`, () => assert.deepEqual(told(config, known), [what]));

  it("never throws, whatever the values are", () => {
    const values = [
      null,
      0,
      7,
      "",
      "x",
      true,
      [],
      [null],
      [7, "-o", "--log-output"],
      {},
      { GOFLAGS: 7 },
      [[]],
    ];
    const names = [
      "buildFlags",
      "env",
      "dlvFlags",
      "substitutePath",
      "args",
      "program",
      "port",
      "delveDoctor",
    ];
    for (const name of names) for (const value of values) told({ [name]: value });
  });
});
