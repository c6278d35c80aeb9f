import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type LabFolder, makeFolder } from "../lab/module.ts";
import { run } from "./delveDoctor.ts";

/** What is said, with which status, and what the one line must name. */
const wrong: readonly (readonly [args: readonly string[], code: number, line: RegExp])[] = [
  [[], 2, /which verb\? There are launch, diagnose, check, fix, causes, selftest, lsp, mcp, dap/],
  [["lint"], 2, /lint is no verb of delve-doctor; there are launch, diagnose, check/],
  [["check", "--format", "xml"], 2, /--format xml is not one of text, json, sarif/],
  [["check", "--json", "--format", "sarif"], 2, /--json and --format sarif are two answers/],
  [["check", "--severity", "fatal"], 2, /--severity fatal is not one of error, warning, information, hint/],
  [["check", "--explain", "DLV999"], 2, /--explain DLV999 is no code of check; there are DLV001/],
  [["check", "--preview"], 2, /--preview goes with --fix/],
  [["check", "--folder", "nowhere"], 3, /nowhere is not a folder/],
  [["check", "--on", "mars"], 2, /--on mars names no host/],
  [["check", "--remote-folder", "/srv"], 2, /--remote-folder needs --on HOST/],
  [["check", "nothing/launch.json"], 3, /nothing\/launch\.json is not there/],
  [["lsp", "extra"], 2, /extra is one word too many/],
  [["launch", "--nope"], 2, /--nope is not an option of launch/],
  [["launch", "-x"], 2, /-x is not an option/],
  [["launch", "extra"], 2, /extra is one word too many/],
  [["launch", "--config", "--json"], 2, /--config needs a value: --config NAME/],
  [["launch", "--config", "a", "--config", "b"], 2, /--config was given more than once/],
  [["launch", "--json=yes"], 2, /--json takes no value/],
  [["launch", "--timeout", "soon"], 2, /--timeout soon is not a number of milliseconds/],
  [["launch", "--until", "never"], 2, /--until never is no goal/],
  [["launch", "--break", "main.go"], 2, /--break main.go is not FILE:LINE/],
  [["launch", "--break", "nowhere.go:3"], 2, /--break nowhere.go:3: there is no file/],
  [["launch", "--env", "NOTHING"], 2, /--env NOTHING is not NAME=VALUE/],
  [["launch", "--trace", "."], 2, /--trace \. is a directory; it takes a file/],
  [["launch", "--trace", "nowhere/t.json"], 2, /--trace nowhere\/t\.json: there is no directory .*nowhere/],
  [["launch", "--trace", "/proc/t.json"], 3, /--trace \/proc\/t\.json cannot be written \(E/],
  [["launch", "--on", "mars"], 2, /--on mars names no host/],
  [["launch", "--on", "ssh:web*"], 2, /--on ssh:web\* is a pattern or a list; only diagnose takes several/],
  [["dap", "--on", "ssh:a,ssh:b"], 2, /--on ssh:a,ssh:b is a pattern or a list/],
  [["diagnose", "--on", "ssh:no*such"], 2, /--on ssh:no\*such: no\*such matches no host; /],
  [["diagnose", "--on", "local,mars"], 2, /--on mars names no host/],
  [["launch", "--folder", "nowhere"], 3, /nowhere is not a folder/],
  [["launch"], 2, /there is no Go configuration/],
  [["launch", "--program", ".", "--mode", "dream"], 2, /--mode dream is not one of/],
  [["launch", "--program", "main", "--mode", "attach"], 2, /--mode attach takes a process id/],
  [["diagnose", "--config", "Nope"], 2, /no configuration "Nope"/],
  [["fix"], 2, /fix needs the id/],
  [["fix", "a/b"], 3, /there is no report of .* yet/],
  [["causes", "bad-luck"], 2, /bad-luck is no known cause/],
  [["mcp", "--folder", "nowhere"], 3, /nowhere is not a folder/],
  [["mcp", "--allow-hosts", "mars"], 2, /--on mars names no host/],
  [["dap", "--listen", "0.0.0.0:4000"], 2, /--listen 0.0.0.0:4000 is not on loopback/],
  [["dap", "--listen", "door"], 2, /--listen door is not HOST:PORT/],
];

describe("delve-doctor, used wrongly", () => {
  let folder: LabFolder;
  before(() => {
    folder = makeFolder({});
  });
  after(() => folder.remove());

  for (const [args, code, line] of wrong)
    it(`says in one line what is wrong with "${args.join(" ")}"`, async () => {
      const answer = await run(folder.folder, args);
      assert.match(answer.stderr, line);
      assert.equal(answer.stderr.split("\n").length, 2, answer.stderr);
      assert.equal(answer.stdout, "");
      assert.equal(answer.code, code);
    });

  it("offers the verbs that there are, each with a help of its own", async () => {
    const { stdout, code } = await run(folder.folder, ["--help"]);
    assert.equal(code, 0);
    const verbs = ["launch", "diagnose", "check", "fix", "causes", "selftest", "lsp", "mcp", "dap"];
    assert.deepEqual(
      Array.from(stdout.matchAll(/^ {2}(\w+) +\w/gm), ([, verb]) => verb),
      verbs,
    );
    for (const verb of verbs) {
      const help = await run(folder.folder, [verb, "--help"]);
      assert.equal(help.code, 0);
      assert.match(help.stdout, new RegExp(`^delve-doctor ${verb}`));
    }
  });
});

describe("delve-doctor with a launch.json that is wrong", () => {
  const go = '{ "name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "." }';
  const cases: readonly (readonly [what: string, text: string, line: RegExp])[] = [
    ["does not parse", '{ "configurations": [ {', /launch\.json:1:\d+: /],
    [
      "stops in the middle of a configuration",
      '{ "configurations": [ { "name": "A", "type": "go" ',
      /launch\.json:1:\d+: /,
    ],
    ["is a list", "[]", /launch\.json:1:1: an array stands where an object/],
    ["has a text for configurations", '{ "configurations": "x" }', /"configurations" is a string/],
    [
      "has two Go configurations",
      `{ "configurations": [${go}, ${go.replace('"A"', '"B"')}] }`,
      /several configurations: "A", "B"/,
    ],
    [
      "has a wrong request",
      `{ "configurations": [${go.replace('"launch"', '"lunch"')}] }`,
      /"request" must be/,
    ],
    ["asks a person", `{ "configurations": [${go.replace('"."', '"${input:x}"')}] }`, /\$\{input:x\}/],
    [
      "names a missing envFile",
      `{ "configurations": [${go.replace("}", ', "envFile": "no.env" }')}] }`,
      /no\.env does not exist/,
    ],
  ];
  for (const [what, text, line] of cases)
    it(`that ${what} says so in one line`, async () => {
      const folder = makeFolder({ ".vscode/launch.json": text });
      const { code, stderr } = await run(folder.folder, ["launch"]);
      folder.remove();
      assert.match(stderr, line);
      assert.equal(stderr.split("\n").length, 2, stderr);
      assert.equal(code, 2);
    });

  it("that cannot be read says so", async () => {
    const folder = makeFolder({ ".vscode/x": "" });
    execFileSync("mkfifo", [join(folder.folder, ".vscode", "launch.json")]);
    chmodSync(join(folder.folder, ".vscode"), 0o755);
    const { code, stderr } = await run(folder.folder, ["launch"]);
    folder.remove();
    assert.match(stderr, /launch\.json:1:1: is not a regular file/);
    assert.equal(code, 2);
  });
});
