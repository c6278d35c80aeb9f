import assert from "node:assert/strict";
import { sampleWorld } from "../../test/language/sampleWorld.ts";
import type { World } from "../core/world.ts";
import { rules } from "../rules/index.ts";
import { check } from "./check.ts";
import { completeAt, type Proposal, wantedAt } from "./completion.ts";
import type { Supply } from "./completionSources.ts";
import { hoverAt } from "./hover.ts";
import { openDocument } from "./open.ts";

const file = "/w/.vscode/launch.json";
const world: World = {
  ...sampleWorld,
  tasks: [{ label: "build" }, { label: "test" }],
  hosts: (kind) => (kind === "ssh" ? ["build7"] : kind === "docker" ? ["app"] : []),
};
const supply: Supply = {
  processes: [
    { pid: 900, command: "sleep 1", isGo: false },
    { pid: 800, command: './server --name "x"', isGo: true },
  ],
  packages: [
    { path: "", isMain: false, hasTests: true },
    { path: "cmd/app", isMain: true, hasTests: false },
  ],
  envFiles: [".env", "deploy/prod.env"],
};

/** What is proposed where `|` stands, and the text that each makes of it. */
function propose(marked: string, wishes = { builtInJson: true, snippets: true }) {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = openDocument(file, "launch", text);
  const proposals = completeAt(document, offset, world, supply, wishes);
  const made = ({ start, end, insert }: Proposal) => text.slice(0, start) + insert + text.slice(end);
  const of = (label: string) => {
    const found = proposals.find((one) => one.label === label);
    assert.ok(found !== undefined, `${label} is not among ${proposals.map((one) => one.label).join(", ")}`);
    return made(found);
  };
  return {
    labels: proposals.map(({ label }) => label),
    of,
    proposals,
    wanted: wantedAt(document, offset),
    text,
  };
}

const inConfig = (rest: string, request = "launch") =>
  `{ "configurations": [{ "type": "go", "request": "${request}", ${rest} }], "compounds": [] }`;

describe("completion", () => {
  it("proposes the processes that run as numbers, those of Go first", () => {
    const bare = propose(inConfig('"processId": |', "attach"));
    assert.deepEqual(bare.labels, [
      "${command:pickGoProcess}",
      "${command:pickProcess}",
      '800 ./server --name "x"',
      "900 sleep 1",
    ]);
    assert.equal(bare.wanted, "processes");
    assert.equal(bare.of("900 sleep 1"), inConfig('"processId": 900', "attach"));
    const begun = propose(inConfig('"processId": 8|1', "attach"));
    assert.equal(begun.of("900 sleep 1"), inConfig('"processId": 900', "attach"));
    const quoted = propose(inConfig('"processId": "sl|"', "attach"));
    assert.equal(quoted.of("900 sleep 1"), inConfig('"processId": 900', "attach"));
    assert.ok(quoted.proposals.every(({ filter }) => filter.startsWith('"')));
    const away = propose(inConfig('"delveDoctor": { "on": "ssh:x" }, "processId": |', "attach"));
    assert.deepEqual([away.labels, away.wanted], [[], undefined], "the processes here are not those there");
  });

  it("replaces what is written, with and without quotes, and adds the comma that is missing", () => {
    const host = (written: string) => inConfig(`"delveDoctor": { "on": ${written} }`);
    for (const written of ["|", '"|"', '"ss|"', '"ssh:o|ld"', "ss|", '|"old"'])
      assert.equal(propose(host(written)).of("ssh:build7"), host('"ssh:build7"'), written);
    assert.deepEqual(propose(host("|")).labels, ["ssh:build7", "docker:app", "local"]);
    assert.equal(
      propose(inConfig('"preLaunchTask": |\n "mode": "debug"')).of("build"),
      inConfig('"preLaunchTask": "build",\n "mode": "debug"'),
    );
    assert.equal(
      propose(inConfig('"preLaunchTask": "bu| },\n { "type": "go"')).of("test"),
      inConfig('"preLaunchTask": "test" },\n { "type": "go"'),
      "a string without an end takes nothing of its line along",
    );
  });

  it("proposes nothing where nothing can be written", () => {
    for (const marked of [
      inConfig('"preLaunchTask": "build"|'),
      inConfig('"preLaunchTask": "build" |'),
      inConfig('/* "preLaunchTask": | */ "mode": "debug"'),
      `{ "version|": "0.2.0" }`,
      `{ "configurations": [{ "type": "node", "program": "|" }] }`,
      `{ "configurations": [{}|] }`,
      "|",
    ])
      assert.deepEqual(propose(marked).labels, [], marked);
  });

  it("proposes tasks, members of compounds, main packages, tests, environment files and folders", () => {
    assert.deepEqual(propose(inConfig('"postDebugTask": "|"')).labels, [
      "build",
      "test",
      "${defaultBuildTask}",
    ]);
    assert.deepEqual(
      propose(
        '{ "configurations": [{ "name": "A" }, { "name": "B" }], "compounds": [{ "configurations": ["|"] }] }',
      ).labels,
      ["A", "B"],
    );
    assert.deepEqual(propose(inConfig('"program": "|"')).labels, [
      "${workspaceFolder}/cmd/app",
      "${workspaceFolder}",
      "${fileDirname}",
      "${file}",
    ]);
    assert.deepEqual(propose(inConfig('"mode": "test", "program": "|"')).labels, [
      "${workspaceFolder}",
      "${fileDirname}",
      "${file}",
    ]);
    assert.deepEqual(propose(inConfig('"mode": "exec", "program": "|"')).labels, []);
    assert.deepEqual(propose(inConfig('"envFile": ["|"]')).labels, [
      "${workspaceFolder}/.env",
      "${workspaceFolder}/deploy/prod.env",
    ]);
    assert.deepEqual(propose(inConfig('"linux": { "cwd": "|" }')).labels, [
      "${workspaceFolder}",
      "${fileDirname}",
    ]);
    assert.deepEqual(propose(inConfig('"substitutePath": [{ "from": "|" }]')).labels, ["${workspaceFolder}"]);
  });

  it("proposes flags one by one, and in a text of several replaces the one at the caret", () => {
    assert.equal(
      propose(inConfig('"dlvFlags": ["--ch|"]')).of("--check-go-version=false"),
      inConfig('"dlvFlags": ["--check-go-version=false"]'),
    );
    assert.equal(
      propose(inConfig('"dlvFlags": |')).of("--disable-aslr"),
      inConfig('"dlvFlags": ["--disable-aslr"]'),
    );
    assert.equal(
      propose(inConfig(`"buildFlags": "-ldflags='-X \\"a\\"' -ra| -v"`)).of("-race"),
      inConfig(`"buildFlags": "-ldflags='-X \\"a\\"' -race -v"`),
    );
    assert.equal(propose(inConfig('"buildFlags": ["|"]')).of("-race"), inConfig('"buildFlags": ["-race"]'));
  });

  it("proposes environment variables that are not there yet, and values of some", () => {
    const names = propose(inConfig('"env": { "GOGC": "off", "GO|" }'));
    assert.ok(names.labels.includes("GODEBUG") && !names.labels.includes("GOGC"));
    assert.match(names.of("GODEBUG"), /"GODEBUG": "\$1" }/);
    assert.match(propose(inConfig('"env": { "GO|": "1" }')).of("GODEBUG"), /{ "GODEBUG": "1" }/);
    assert.deepEqual(propose(inConfig('"env": { "CGO_ENABLED": "|" }')).labels, ["0", "1"]);
  });

  it("proposes attributes and their values only where the editor does not", () => {
    const wishes = { builtInJson: false, snippets: false };
    assert.deepEqual(propose(inConfig('"mo|"')).labels, []);
    const names = propose(inConfig('"mode": "debug", "o|"'), wishes);
    assert.ok(names.labels.includes("output") && !names.labels.includes("mode"));
    assert.ok(!names.labels.includes("processId"), "an attach has it");
    assert.equal(names.of("stopOnEntry"), inConfig('"mode": "debug", "stopOnEntry": '));
    assert.deepEqual(propose(inConfig('"mode": "|"')).labels, []);
    assert.ok(propose(inConfig('"mode": "|"'), wishes).labels.includes("replay"));
    assert.deepEqual(propose(inConfig('"stopOnEntry": t|'), wishes).labels, ["true", "false"]);
  });

  it("writes whole launches in the file's indentation, each of which the rules find nothing wrong with", () => {
    for (const list of ["[|]", "[\n\t\t|\n\t]", '["|"]', "[go|]"]) {
      const empty = `{\n\t"version": "0.2.0",\n\t"configurations": ${list}\n}\n`;
      const plain = propose(empty, { builtInJson: true, snippets: false });
      assert.ok(plain.labels.length >= 10, list);
      for (const label of plain.labels) {
        const text = plain.of(label);
        const problems = check(openDocument(file, "launch", text), rules, world);
        assert.deepEqual(problems, [], `${label}: ${problems[0]?.message}\n${text}`);
        assert.match(text, /\n\t"type": "go"/, label);
      }
    }
  });

  it("marks what a person changes, and no variable of the editor's", () => {
    const { proposals } = propose('{\r\n  "configurations": [|\r\n    { "name": "x" }\r\n  ]\r\n}');
    const test = proposals.find(({ label }) => label.includes("selected test"));
    assert.equal(
      test?.insert,
      [
        "{",
        '  "name": "${1:Selected test}",',
        '  "type": "go",',
        '  "request": "launch",',
        '  "mode": "test",',
        '  "program": "${2:\\${fileDirname\\}}",',
        '  "args": [',
        '    "-test.v",',
        '    "-test.run",',
        '    "${3:^\\${selectedText\\}\\$}"',
        "  ]",
        "\\},",
      ]
        .join("\r\n")
        .replace("{\r\n", "{\r\n"),
    );
    const core = proposals.find(({ label }) => label.includes("another machine over SSH"));
    assert.match(core?.insert ?? "", /"on": "\$\{3:ssh:build7\}"/);
    const attached = proposals.find(({ label }) => label.includes("attach on another"));
    assert.match(attached?.insert ?? "", /"processId": \$\{2:4711\},/);
  });

  it("never throws, at no offset of any beginning of a file, and neither does the hover", () => {
    const whole = `\uFEFF{ // 🐹\r\n "configurations": [ { "type": "go", "request": "launch", "env": { "A": "\\u12" },
 "buildFlags": "-race /*", "args": [1, null, ], "linux": { "program": "\${file" } }, ], "compounds": [{"configurations": ["A"]}] }`;
    let proposed = 0;
    for (let length = 0; length <= whole.length; length += 1) {
      const document = openDocument(file, "launch", whole.slice(0, length));
      // Every offset of the whole text, and the places where people type in the others.
      const offsets =
        length === whole.length ? [...document.text].map((_, index) => index) : [length, length - 1, 0];
      for (const offset of offsets) {
        proposed += completeAt(document, offset, world, supply, {
          builtInJson: false,
          snippets: true,
        }).length;
        hoverAt(document, offset, world);
      }
    }
    assert.ok(proposed > 1000);
    const deep = openDocument(file, "launch", "[".repeat(20_000));
    assert.deepEqual(completeAt(deep, 20_000, world, supply, { builtInJson: false, snippets: true }), []);
    assert.equal(hoverAt(deep, 19_000, world), undefined);
  });
});
