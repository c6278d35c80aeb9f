import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import type { Config } from "../core/config.ts";
import { mergePlatform, placesIn } from "./platform.ts";
import { type Place, type Resolved, resolve } from "./resolve.ts";

let folder = "";
const place = (more: Partial<Place> = {}): Place => ({
  folder,
  platform: "linux",
  processEnv: { HOST_ONLY: "1" },
  userHome: "/home/u",
  ...more,
});
const launch = { name: "A", type: "go", request: "launch" };

async function good(config: Config, more: Partial<Place> = {}): Promise<Resolved> {
  const resolution = await resolve(config, place(more));
  assert.ok("resolved" in resolution, JSON.stringify(resolution));
  return resolution.resolved;
}

async function errors(config: Config, more: Partial<Place> = {}): Promise<string> {
  const resolution = await resolve(config, place(more));
  return "errors" in resolution ? resolution.errors.join("\n") : "";
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "resolve-"));
  await mkdir(join(folder, "cmd"));
  await writeFile(join(folder, "cmd", "main.go"), "package main\n");
  await writeFile(join(folder, "cmd", "main_test.go"), "package main\n");
  await writeFile(join(folder, "tool"), "binary");
});
after(() => rm(folder, { recursive: true, force: true }));

describe("the program and where dlv runs", () => {
  const programs = async (program: string, mode?: string, more: Partial<Place> = {}) => {
    const { config, cwd, mode: got } = await good({ ...launch, program, ...(mode && { mode }) }, more);
    return [got, config["program"], config["__buildDir"] ?? null, cwd].map((one) =>
      typeof one === "string" ? one.replace(folder, "W").replaceAll(sep, "/") : one,
    );
  };

  it("builds a directory from itself and a file from its directory", async () => {
    assert.deepEqual(await programs("cmd"), ["debug", ".", "W/cmd", "W/cmd"]);
    assert.deepEqual(await programs(`\${workspaceFolder}/cmd/main.go`), [
      "debug",
      "./main.go",
      "W/cmd",
      "W/cmd",
    ]);
  });

  it("takes a test file for its package, and the open file's kind for the mode", async () => {
    assert.deepEqual(await programs("cmd/main_test.go"), ["test", ".", "W/cmd", "W/cmd"]);
    const file = join(folder, "cmd", "main_test.go");
    assert.deepEqual(await programs(`\${fileDirname}`, "auto", { file }), ["test", ".", "W/cmd", "W/cmd"]);
    assert.deepEqual(await programs(`\${file}`, "auto", { file }), [
      "test",
      "./main_test.go",
      "W/cmd",
      "W/cmd",
    ]);
    assert.deepEqual(await programs(`\${fileDirname}`, "debug", { file }), ["debug", ".", "W/cmd", "W/cmd"]);
  });

  it("builds nothing for exec, and leaves a package path to go", async () => {
    assert.deepEqual(await programs("tool", "exec"), ["exec", "W/tool", null, "W"]);
    assert.deepEqual(await programs("example.com/x/cmd"), ["debug", "example.com/x/cmd", null, "W"]);
  });

  it("passes on what does not exist, with a warning", async () => {
    const { config, cwd, warnings } = await good({ ...launch, program: "gone/main.go" });
    assert.deepEqual([config["program"], cwd], [join(folder, "gone/main.go"), folder]);
    assert.match(warnings.join(), /gone[\\/]main.go, which does not exist/);
    assert.match(
      (await good({ ...launch, program: "tool" })).warnings.join(),
      /neither a directory nor a .go file/,
    );
  });

  it("leaves the directory alone for a dlv that runs elsewhere", async () => {
    const { config } = await good({ ...launch, program: "cmd", port: 4000 });
    assert.deepEqual([config["program"], config["__buildDir"]], [join(folder, "cmd"), undefined]);
  });

  it("says what is missing", async () => {
    assert.match(await errors(launch), /"program" is missing/);
    assert.match(await errors({ name: "A", type: "go" }), /"request" must be "launch" or "attach"/);
    assert.match(await errors({ ...launch, program: 3 }), /"program" is missing/);
  });
});

describe("variables", () => {
  it("are replaced in nested texts and keys", async () => {
    const config = {
      ...launch,
      program: `\${workspaceFolder}\${/}cmd`,
      args: [`\${env:HOST_ONLY}`, `\${env:NOT_SET}x`, `\${userHome}`, `\${unknownToAll}`],
      cwd: `\${workspaceFolder:api}`,
      substitutePath: [{ from: `\${workspaceFolderBasename}`, to: "x" }],
    };
    const { config: got } = await good(config, { folders: { api: "/api" } });
    assert.deepEqual(got["args"], ["1", "x", "/home/u", `\${unknownToAll}`]);
    assert.equal(got["cwd"], "/api");
  });

  it("that only an editor can answer are errors, each named once with its attribute", async () => {
    const said = await errors({
      ...launch,
      program: `\${file}`,
      args: [`\${input:port}`, `\${input:port}`],
      processId: `\${command:pickProcess}`,
      cwd: `\${workspaceFolder:none}`,
    });
    assert.match(said, /"program" uses \$\{file\}: no file is open/);
    assert.match(said, /"args\[0\]" uses \$\{input:port\}: it asks a person/);
    assert.match(said, /"processId" uses \$\{command:pickProcess\}/);
    assert.match(said, /no workspace folder is named "none"/);
  });

  it("of another platform's block do not count", async () => {
    const { config } = await good({ ...launch, program: "cmd", windows: { cwd: `\${input:x}` } });
    assert.equal("windows" in config, false);
  });
});

describe("environment", () => {
  it("merges toolsEnvVars, envFile and env in golang.go's order, without the editor's own", async () => {
    const file = join(folder, ".env");
    await writeFile(file, `A=file\r\nB=file\nC=\${A}\${HOST_ONLY}\n`);
    const config = {
      ...launch,
      program: "cmd",
      envFile: `\${workspaceFolder}/.env`,
      env: { B: "own", X: null },
    };
    const { env, config: got } = await good(config, { toolsEnv: { A: "tools", T: "tools" } });
    assert.deepEqual(env, { A: "file", B: "own", C: "file1", T: "tools" });
    assert.deepEqual(got["env"], { ...env, X: null });
    assert.equal("envFile" in got, false);
  });

  it("says which envFile is missing or no text", async () => {
    assert.match(await errors({ ...launch, program: "cmd", envFile: "gone.env" }), /gone.env does not exist/);
    assert.match(await errors({ ...launch, program: "cmd", envFile: 3 }), /must be a path/);
    assert.match(await errors({ ...launch, program: "cmd", env: "A=1" }), /"env" must be an object/);
  });

  it("leaves out -gcflags, because Delve's own must hold", async () => {
    const config = {
      ...launch,
      program: "cmd",
      buildFlags: "-tags x -gcflags='all=-l -N' -v",
      env: { GOFLAGS: "-gcflags=-l" },
    };
    const { config: got, env, warnings } = await good(config);
    assert.equal(got["buildFlags"], "-tags x -v");
    assert.equal(env["GOFLAGS"], "");
    assert.equal(warnings.length, 2);
  });
});

describe("attach", () => {
  const attach = { name: "A", type: "go", request: "attach" };
  it("is local where nothing is said, with a number for its process", async () => {
    const { mode, config, cwd } = await good({ ...attach, processId: "42" });
    assert.deepEqual([mode, config["processId"], cwd], ["local", 42, folder]);
    assert.match(await errors({ ...attach, processId: "server" }), /number of a running process/);
    assert.match(await errors(attach), /number of a running process/);
    assert.equal((await good({ ...attach, waitFor: "server" })).config["processId"], undefined);
  });
});

describe("platform blocks", () => {
  const config = { env: { A: "1" }, mode: "debug", linux: { env: { B: "2" } }, osx: { mode: "test" } };
  it("replace whole attributes, as VS Code has it", () => {
    assert.deepEqual(mergePlatform(config, "linux"), { env: { B: "2" }, mode: "debug" });
    assert.deepEqual(mergePlatform(config, "windows"), { env: { A: "1" }, mode: "debug" });
    assert.deepEqual(mergePlatform({ linux: "wrong" }, "linux"), {});
  });

  it("take the edits of what they set", () => {
    assert.deepEqual(placesIn(config, "linux", ["env", "B"], false), [["linux", "env", "B"]]);
    assert.deepEqual(placesIn(config, "osx", ["env", "A"], false), [["env", "A"]]);
    assert.deepEqual(placesIn(config, "osx", ["mode"], true), [["osx", "mode"], ["mode"]]);
  });
});
