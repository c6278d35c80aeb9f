import assert from "node:assert/strict";
import { substitute } from "../../config/variables.ts";
import { type Standing, unknownWorld, type World } from "../../core/world.ts";
import { check } from "../../language/check.ts";
import { openDocument } from "../../language/open.ts";
import { paths } from "./index.ts";
import { sample } from "./samples.ts";
import { plainVariables, variableKinds } from "./variables.ts";

/** A folder /w with little in it. */
const files: Readonly<Record<string, Standing>> = {
  "/w": "directory",
  "/w/cmd/server": "directory",
  "/w/main.go": "file",
  "/w/go.mod": "file",
  "/w/app": "program",
  "/w/dev.env": "file",
};

const world: World = {
  ...unknownWorld,
  folder: "/w",
  expand(text) {
    const value = text.replaceAll("${workspaceFolder}", "/w").replaceAll("${userHome}", "/home/me");
    return value.includes("${") ? undefined : value;
  },
  look: (path, { delveDoctor }) => (delveDoctor === undefined ? (files[path] ?? "nothing") : undefined),
  lookHere: (path) => files[path] ?? "nothing",
};

function problems(attributes: Readonly<Record<string, unknown>>, around: Partial<World> = {}) {
  const text = sample(attributes);
  return check(openDocument("/w/.vscode/launch.json", "launch", text), paths, { ...world, ...around });
}
const codes = (...words: Parameters<typeof problems>) =>
  problems(...words).map(({ code, severity }) => `${code} ${severity}`);

describe("rules about paths", () => {
  const silent: readonly (readonly [string, Readonly<Record<string, unknown>>, Partial<World>?])[] = [
    ["a package path that go must find", { program: "example.com/cmd/tool" }],
    [
      "a variable of the editor",
      { program: "${fileDirname}", cwd: "${env:HOME}/x", envFile: "${config:a.b}" },
    ],
    ["a program that exists, counted from the folder", { program: "./cmd/../cmd/server" }],
    ["one test file, whose directory is built", { program: "${workspaceFolder}/none_test.go", mode: "auto" }],
    ["what a task may make", { program: "bin/none", mode: "exec", preLaunchTask: "${defaultBuildTask}" }],
    ["paths of another host", { program: "/srv/app", cwd: "/srv", delveDoctor: { on: "ssh:build7" } }],
    ["a dlv that somebody else started", { program: "/srv/app", cwd: "/srv", mode: "exec", port: 4711 }],
    ["what root may execute", { program: "main.go", mode: "exec", asRoot: true }],
    ["a program that an attach does not read", { program: "/none", request: "attach", mode: "remote" }],
    ["a block for another platform", { windows: { program: "C:\\w\\app", cwd: "D:\\none" } }],
    ["a path of Windows on another system", { program: "C:\\src\\app", cwd: "src\\none" }],
    ["a working directory at home", { cwd: "~/x" }, { lookHere: () => "directory", look: () => "directory" }],
    ["output where go makes the directory", { output: "${workspaceFolder}/none/app" }],
    ["what nobody has looked at yet", { program: "/none", cwd: "/none" }, { look: () => undefined }],
    ["no folder to count from", { program: "cmd/none", cwd: "none" }, { folder: undefined }],
    [
      "an entry of substitutePath for another machine",
      {
        substitutePath: [
          { from: "/Users/me/w", to: "/build" },
          { from: "/w", to: "/build" },
        ],
      },
    ],
    ["text that the program wants", { args: ["--format", "${name} ${HOME} ${a:b}"], env: { P: "${PATH}" } }],
    ["a dlv by its name", { dlvToolPath: "dlv" }],
  ];
  for (const [what, attributes, around] of silent)
    it(`say nothing of ${what}`, () => assert.deepEqual(codes(attributes, around), []));

  const said: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    ["a directory that is not there", { program: "cmd/none" }, ["DLV301 error"]],
    ["a file that is not there", { program: "none.go" }, ["DLV301 error"]],
    ["a binary that is not built", { program: "bin/none", mode: "exec" }, ["DLV301 warning"]],
    ["a file of the module", { program: "go.mod" }, ["DLV302 error"]],
    ["a directory, with an empty task", { program: "cmd/none", preLaunchTask: "" }, ["DLV301 error"]],
    ["a source file in mode exec", { program: "main.go", mode: "exec" }, ["DLV303 error"]],
    ["a working directory that is a file", { cwd: "main.go" }, ["DLV304 error"]],
    ["one of two environments", { envFile: ["/w/dev.env", "/w/none.env"] }, ["DLV305 error"]],
    [
      "an environment for a host elsewhere",
      { envFile: "/none.env", delveDoctor: { on: "ssh:a" } },
      ["DLV305 error"],
    ],
    ["a relative envFile", { envFile: "dev.env" }, ["DLV305 warning"]],
    ["one that is not in the folder either", { envFile: "none.env" }, ["DLV305 warning"]],
    ["output below a file", { output: "main.go/app" }, ["DLV306 error"]],
    ["a core that is a directory", { mode: "core", program: "app", coreFilePath: "/w" }, ["DLV307 error"]],
    ["the home directory as a shell writes it", { output: "~/app" }, ["DLV310 warning"]],
    ["the environment as a shell writes it", { cwd: "${HOME}/x" }, ["DLV340 warning"]],
    ["a misspelt variable for the program", { args: ["${workspacefolder}"] }, ["DLV340 warning"]],
    ["a place without a host", { delveDoctor: { folder: "srv" } }, ["DLV330 error", "DLV330 error"]],
  ];
  for (const [what, attributes, expected] of said)
    it(`tell of ${what}`, () => assert.deepEqual(codes(attributes), expected));

  it("count a platform's block there, and only there", () => {
    const blocks = { windows: { cwd: "D:\\none" }, linux: { cwd: "/none" } };
    assert.deepEqual(codes({ cwd: "/w", ...blocks }), ["DLV304 error"]);
    assert.deepEqual(codes({ cwd: "/none", linux: { cwd: "/w" } }), []);
  });

  it("know a folder of Windows", () => {
    const looked: string[] = [];
    const windows: Partial<World> = {
      platform: "windows",
      folder: "C:\\w",
      expand: (text) => text,
      look(path) {
        looked.push(path);
        return "directory";
      },
    };
    assert.deepEqual(codes({ program: ".\\cmd/app", cwd: "..\\x" }, windows), []);
    assert.deepEqual([...new Set(looked)], ["C:\\w\\cmd\\app", "C:\\x"]);
  });
});

describe("rules about tasks", () => {
  const watch = { label: "watch", type: "shell", isBackground: true };
  const tasks = (...list: NonNullable<World["tasks"]>): Partial<World> => ({ tasks: list });

  it("say nothing of tasks that are not written there", () => {
    for (const preLaunchTask of [
      "npm: watch",
      "go: build package",
      "${defaultBuildTask}",
      { type: "npm", script: "a" },
      "",
    ])
      assert.deepEqual(codes({ preLaunchTask }, tasks({ label: "build" })), []);
    assert.deepEqual(codes({ preLaunchTask: "build" }), [], "nobody knows the tasks");
    assert.deepEqual(codes({ preLaunchTask: "make" }, tasks({ type: "shell", command: "make" })), []);
    assert.deepEqual(codes({ preLaunchTask: "old" }, tasks({ taskName: "old" })), []);
  });

  it("warn only where another task is meant", () => {
    assert.deepEqual(codes({ preLaunchTask: "biuld" }, tasks({ label: "build" })), ["DLV311 warning"]);
    assert.deepEqual(codes({ preLaunchTask: "tset" }, tasks({ label: "test" })), ["DLV311 warning"]);
    assert.deepEqual(codes({ postDebugTask: "Build" }, tasks({ label: "build" })), ["DLV311 warning"]);
    assert.deepEqual(codes({ preLaunchTask: "deploy" }, tasks({ label: "build" })), ["DLV311 information"]);
  });

  it("tell of a background task that is never ready, however it comes to run", () => {
    const never = ["DLV312 warning"];
    assert.deepEqual(codes({ preLaunchTask: "watch" }, tasks(watch)), never);
    assert.deepEqual(
      codes({ preLaunchTask: "all" }, tasks(watch, { label: "all", dependsOn: ["watch"] })),
      never,
    );
    assert.deepEqual(codes({ preLaunchTask: "watch" }, tasks({ ...watch, problemMatcher: ["$go"] })), never);
    const ready = [
      { ...watch, problemMatcher: "$tsc-watch" },
      { ...watch, problemMatcher: "$esbuild-watch" },
      { ...watch, problemMatcher: { base: "$go", background: { beginsPattern: "a", endsPattern: "b" } } },
      { ...watch, problemMatcher: ["$go", { background: { beginsPattern: "a", endsPattern: "b" } }] },
      { ...watch, type: "npm" },
      { ...watch, linux: { problemMatcher: "$tsc-watch" } },
      { ...watch, isBackground: false },
    ];
    for (const task of ready) assert.deepEqual(codes({ preLaunchTask: "watch" }, tasks(task)), []);
    assert.deepEqual(codes({ postDebugTask: "watch" }, tasks(watch)), [], "nobody waits for that");
  });
});

describe("rules about hosts and variables", () => {
  const on = (word: string, names: readonly string[]) =>
    codes({ delveDoctor: { on: word } }, { hosts: () => names });

  it("take a host for what it may be", () => {
    assert.deepEqual(on("ssh:biuld7", ["build7"]), ["DLV331 information"]);
    assert.deepEqual(on("ssh:nas", ["build7"]), [], "ssh takes any host's name");
    assert.deepEqual(on("ssh:web2", ["web1"]), [], "and has many");
    assert.deepEqual(on("ssh:me@10.0.0.7", ["10.0.0.8"]), []);
    assert.deepEqual(on("ssh:build8", ["build7", "build?"]), [], "a pattern may stand for it");
    assert.deepEqual(on("docker:api", ["db"]), ["DLV331 information"]);
    assert.deepEqual(on("docker:api", ["api"]), []);
    assert.deepEqual(on("docker:c0ffee", ["api"]), [], "an id");
    assert.deepEqual(on("kubectl:api", []), []);
    assert.deepEqual(codes({ delveDoctor: { on: "${input:host}" } }), []);
    assert.deepEqual(codes({ delveDoctor: { on: "ssh:biuld7" } }), [], "nobody knows the names");
  });

  it("know the variables that are replaced outside an editor too", () => {
    const around = { folder: "/w", file: "/w/a.go", processEnv: {}, userHome: "/home/me" };
    const left = [...plainVariables, ...variableKinds.map((kind) => `${kind}:x`)].filter((variable) => {
      const { value, errors } = substitute(`\${${variable}}`, around);
      return value === `\${${variable}}` && errors.length === 0;
    });
    assert.deepEqual(left, []);
  });

  it("offer the name that was meant", () => {
    const offered = (program: string) =>
      problems({ program }).flatMap(({ fixes }) => fixes.map(({ title }) => title));
    assert.deepEqual(offered("${workspacefolder}/cmd"), ["Write ${workspaceFolder}"]);
    assert.deepEqual(offered("${workSpaceFoldr}"), ["Write ${workspaceFolder}"]);
    assert.deepEqual(offered("${env.GOPATH}/src"), ["Write ${env:GOPATH}"]);
    assert.deepEqual(offered("${Env:HOME}/src"), ["Write ${env:HOME}"]);
    assert.deepEqual(offered("${nothing}"), []);
  });
});
