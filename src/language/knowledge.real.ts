import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dlv } from "../../test/lab/tools.ts";
import type { Host } from "../core/host.ts";
import type { World } from "../core/world.ts";
import { localHost } from "../hosts/local.ts";
import { namesOf } from "../hosts/ssh/aliases.ts";
import { thisMachine } from "../hosts/ssh/thisMachine.ts";
import { versionHere, versionIn } from "./dlvVersion.ts";
import { type Knowledge, type KnowledgeOptions, openKnowledge } from "./knowledge.ts";

let folder = "";
let tool = "";
let version = "";
const file = () => join(folder, ".vscode", "launch.json");

function write(name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** Asks until nothing new comes of it, as `check` does. */
async function settled<T>(knowledge: Knowledge, ask: (world: World) => T): Promise<T> {
  ask(knowledge.worldOf(file()));
  while (await knowledge.settle()) ask(knowledge.worldOf(file()));
  return ask(knowledge.worldOf(file()));
}

const ask = <T>(what: (world: World) => T, options: KnowledgeOptions = {}) =>
  settled(openKnowledge(options), what);

describe("what is known of a machine", () => {
  before(async function () {
    this.timeout(300_000);
    folder = mkdtempSync(join(tmpdir(), "delve-doctor-knowledge-"));
    tool = await dlv();
    const { stdout } = await localHost.run({ argv: [tool, "version"] }, { ms: 60_000, bytes: 4096 });
    version = /^Version: (\S+)/m.exec(stdout)?.[1] ?? "none";
    write(".vscode/tasks.json", '{ "tasks": [{ "label": "build", }] } // the one\n');
    write(".vscode/settings.json", '{ "go.testTags": "disk" }');
    write("all.code-workspace", '{ "tasks": { "tasks": [{ "label": "shared" }] } }');
    write("app", "", 0o755);
    write("app.env", "");
    write("cmd/main.go", "package main\n");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const standing = (world: World) =>
    ["", "app", "app.env", "none/app"].map((name) => world.look(join(folder, name), {}));

  it("is what stands at a path, once it was looked at, until it is forgotten", async () => {
    const knowledge = openKnowledge();
    assert.deepEqual(standing(knowledge.worldOf(file())), [undefined, undefined, undefined, undefined]);
    assert.deepEqual(await settled(knowledge, standing), ["directory", "program", "file", "nothing"]);
    write("none/app", "");
    assert.equal(knowledge.worldOf(file()).look(join(folder, "none", "app"), {}), "nothing");
    knowledge.forget();
    assert.deepEqual(await settled(knowledge, standing), ["directory", "program", "file", "file"]);
    rmSync(join(folder, "none"), { recursive: true });
  });

  it("is nothing of a path that Windows would take to another machine", async () => {
    const elsewhere = `/${folder}`;
    const all = (world: World) => [world.look(join(folder, "app"), {}), world.look(`${elsewhere}/app`, {})];
    assert.deepEqual(await ask(all), ["program", undefined]);
    assert.equal(await ask((world) => world.holdsGo(`${elsewhere}/cmd`, {})), undefined);
    assert.equal(await versionIn(`/${tool}`), undefined);
  });

  it("is whether a directory holds a Go file itself", async () => {
    const holds = (world: World) => ["cmd", "", "none"].map((name) => world.holdsGo(join(folder, name), {}));
    assert.deepEqual(await ask(holds), [true, false, undefined]);
    const runsOn = { host: localHost, home: "/root" };
    assert.deepEqual(await ask(holds, { runsOn }), [true, false, undefined]);
    assert.deepEqual(
      await ask((world) => world.holdsGo(folder, { delveDoctor: { on: "docker:a" } })),
      undefined,
    );
  });

  it("is nothing of a configuration that runs elsewhere", async () => {
    const away = { delveDoctor: { on: "ssh:build7" } };
    assert.equal(await ask((world) => world.look(folder, away)), undefined);
    assert.equal(await ask((world) => world.delve({ ...away, dlvToolPath: tool })), undefined);
    assert.equal(await ask((world) => world.look(folder, { delveDoctor: { on: "local" } })), "directory");
  });

  it("comes from another host in one round trip for all paths", async () => {
    const there = join(folder, "there");
    cpSync(join(folder, "app"), join(there, "bin", "app"), { recursive: true });
    let trips = 0;
    const run: Host["run"] = (command, limits) => {
      trips += 1;
      return localHost.run(command, limits);
    };
    const home = "/home/of/that/host";
    const said = await ask(
      (world) => [
        ...["", "bin/app", "app.env"].map((name) => world.look(join(folder, name), {})),
        world.look("/dev/null", { delveDoctor: { on: "ssh:other" } }),
        world.expand("${userHome}/go"),
        world.delve({ dlvToolPath: "/nowhere" }),
        world.lookHere(join(folder, "app.env")),
      ],
      { runsOn: { host: { run }, home, dlv: tool, folder: there } },
    );
    assert.deepEqual(said, ["directory", "program", "nothing", "file", `${home}/go`, version, "file"]);
    assert.equal(trips, 1);
  });

  it("is nothing of a host that does not answer", async () => {
    const run: Host["run"] = () => Promise.reject(new Error("connection lost"));
    assert.deepEqual(await ask(standing, { runsOn: { host: { run }, home: "/root" } }), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is the version that dlv says itself, read without running it", async () => {
    assert.equal(await versionIn(tool), version);
    assert.equal(await versionIn(write("wrapper", `#!/bin/sh\nexec ${tool} "$@"\n`, 0o755)), undefined);
    assert.equal(await versionIn(join(folder, "none")), undefined);
    assert.equal(await versionIn(folder), undefined);
  });

  it("is no version where two launchers take different dlvs", async () => {
    assert.equal(await versionHere({ tool, alternate: tool }, {}), version);
    assert.equal(await versionHere({ tool: join(folder, "app"), alternate: tool }, {}), undefined);
    assert.equal(await versionHere({}, { PATH: dirname(tool), GOBIN: folder }), version);
    write(process.platform === "win32" ? "dlv.exe" : "dlv", "", 0o755);
    assert.equal(await versionHere({}, { PATH: dirname(tool), GOBIN: folder }), undefined);
    rmSync(join(folder, "dlv"));
  });

  it("is what tasks.json, the workspace and the settings say, the open text first", async () => {
    const labels = (world: World) => world.tasks?.map((task) => task["label"]);
    assert.deepEqual(await ask(labels), ["build", "shared"]);
    assert.equal(await ask((world) => world.setting("go.testTags")), "disk");
    const open = new Map([
      [join(folder, ".vscode", "tasks.json"), '{ "tasks": [{ "label": "unsaved" }] }'],
      [join(folder, ".vscode", "settings.json"), "{}"],
    ]);
    const textOf = (name: string) => open.get(name);
    assert.deepEqual(await ask(labels, { textOf }), ["unsaved", "shared"]);
    assert.equal(await ask((world) => world.setting("go.testTags"), { textOf }), undefined);
    open.set(join(folder, ".vscode", "tasks.json"), '{ "tasks": [');
    assert.equal(await ask(labels, { textOf }), undefined);
  });

  it("is the containers that run, asked for no more often than they change, and not where the tool is slow", async () => {
    const calls = join(folder, "calls");
    write("tools/docker", `#!/bin/sh\necho "$*" >>${calls}\nprintf 'api\\ndb\\n'\n`, 0o755);
    write("tools/podman", "#!/bin/sh\nexec sleep 60\n", 0o755);
    const path = process.env["PATH"];
    process.env["PATH"] = `${join(folder, "tools")}:${path}`;
    try {
      const knowledge = openKnowledge();
      const containers = (world: World) => [world.hosts("docker"), world.hosts("podman")];
      assert.deepEqual(await settled(knowledge, containers), [["api", "db"], undefined]);
      knowledge.forget();
      assert.deepEqual(await settled(knowledge, containers), [["api", "db"], undefined]);
      assert.equal(readFileSync(calls, "utf8"), "ps --format {{.Names}}\n");
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("is what the SSH configuration names, patterns as they are", async () => {
    const configFile = write("ssh_config", "Host build7 web?\n  Port 22\nHost * !old\n  User me\n");
    assert.deepEqual(await namesOf({ ...thisMachine(), configFile }), ["build7", "web?"]);
  });

  it("is the tasks of all folders for a workspace file", async () => {
    const workspace = write(
      "multi.code-workspace",
      '{ "folders": [{ "path": "." }], "tasks": { "tasks": [] } }',
    );
    const knowledge = openKnowledge();
    const labels = () => knowledge.worldOf(workspace).tasks?.map((task) => task["label"]);
    labels();
    while (await knowledge.settle()) labels();
    assert.deepEqual(labels(), ["build"]);
    rmSync(workspace);
  });

  it("is the folder of a workspace file where it has one, and no folder of a user's settings", async () => {
    const knowledge = openKnowledge();
    const known = async (path: string, given?: string) => {
      const world = () => knowledge.worldOf(path, given);
      const said = () => [
        world().expand("${workspaceFolder}/a"),
        world().expand("${userHome}"),
        world().folder,
      ];
      said();
      while (await knowledge.settle()) said();
      return said();
    };
    const home = homedir();
    const one = write("one.code-workspace", '{ "folders": [{ "path": "cmd" }] }');
    const two = write("two.code-workspace", '{ "folders": [{ "path": "cmd" }, { "path": "." }] }');
    assert.deepEqual(await known(one), [join(folder, "cmd", "a"), home, undefined]);
    assert.deepEqual(await known(one, folder), [join(folder, "cmd", "a"), home, undefined]);
    assert.deepEqual(await known(two), [undefined, home, undefined]);
    const users = write("User/settings.json", '{ "go.testTags": "user" }');
    assert.deepEqual(await known(users), [undefined, home, undefined]);
    assert.equal(knowledge.worldOf(users).tasks, undefined);
    assert.equal(knowledge.worldOf(join(folder, "launch.json")).expand("${workspaceFolder}"), undefined);
    assert.deepEqual(await known(join(folder, "launch.json"), folder), [join(folder, "a"), home, folder]);
    assert.deepEqual(await known(file()), [join(folder, "a"), home, folder]);
    for (const path of [one, two, users]) rmSync(path);
  });
});
