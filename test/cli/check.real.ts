import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Checked } from "../../src/report/checked.ts";
import { helloFiles, type LabFolder, makeFolder } from "../lab/module.ts";
import { run } from "./delveDoctor.ts";

const wrong = `{
  "configurations": [
    { "name": "A", "type": "go", "request": "attach", "mode": "exec", "processId": 1, "env": { "TOKEN": "hunter2" } }
  ]
}
`;
const right = wrong.replace('"exec"', '"local"');

describe("delve-doctor check", () => {
  let lab: LabFolder;
  const check = (...args: string[]) => run(lab.folder, ["check", ...args]);
  afterEach(() => lab.remove());

  it("says nothing on stdout of a folder where all is well, or where there is nothing", async () => {
    lab = makeFolder({ ".vscode/launch.json": right });
    assert.deepEqual(await check(), { code: 0, stdout: "", stderr: "No problem in 1 file.\n" });
    const empty = await check("--folder", join(lab.folder, ".vscode", ".."), "--severity", "hint");
    assert.equal(empty.code, 0);
    mkdirSync(join(lab.folder, "empty"));
    const none = await check("--folder", "empty");
    assert.deepEqual([none.code, none.stdout], [0, ""]);
    assert.match(none.stderr, /no file here that configures a Go launch/);
  });

  it("looks at every place where a launch is configured, and says where and what", async () => {
    lab = makeFolder({
      ".vscode/launch.json": wrong,
      "shop.code-workspace": `{ "folders": [], "launch": ${wrong} }`,
      ".vscode/tasks.json": "{ x",
      ".vscode/settings.json": `{ "launch": ${wrong} }`,
      ".devcontainer/devcontainer.json": "{ x",
      ".devcontainer/go/devcontainer.json": "{ x",
      ".devcontainer.json": "{ x",
      "compose.yaml": "services: [",
      "docker-compose.dev.yml": "services: [",
      ".devcontainer/compose.yml": "services: [",
      "pod.yaml": "kind: Pod [",
    });
    const { code, stdout, stderr } = await check();
    assert.equal(code, 1, stderr);
    assert.equal(stderr, "");
    assert.match(stdout, /^\.vscode\/launch\.json:3:63: error DLV103: An attach has no mode "exec"/m);
    assert.match(
      stdout,
      /^ {2}3 \| \{ "name": "A",.*"mode": "exec", .*\n {4}\| {59}\^{6}\n {2}fix: Write "mode": "local"/m,
    );
    assert.doesNotMatch(stdout, /hunter2/);
    const files = new Set(Array.from(stdout.matchAll(/^([^\s:]+):\d+:\d+: /gm), ([, file]) => file));
    assert.deepEqual(
      [...files],
      [
        ".vscode/launch.json",
        ".vscode/tasks.json",
        ".vscode/settings.json",
        ".devcontainer.json",
        "compose.yaml",
        "docker-compose.dev.yml",
        "shop.code-workspace",
        ".devcontainer/compose.yml",
        ".devcontainer/devcontainer.json",
        ".devcontainer/go/devcontainer.json",
      ],
    );
    assert.match(stdout, /\n\d+ problems \(\d+ errors?(, \d+ warnings?)?\) in 10 files\n$/);
    assert.equal((await check("--severity", "error", ".vscode/settings.json", "pod.yaml")).code, 2);
  });

  it("looks at the named files alone, whatever lies beside them", async () => {
    lab = makeFolder({
      ".vscode/launch.json": wrong,
      "elsewhere/launch.json": right,
      "k8s/shop.yaml": "apiVersion: v1\nkind: Pod # ours\nspec: {}\n",
      "k8s/stack.yaml": "services: {}\n",
      "notes.json": "{}",
      "values.yaml": "a: 1\n",
    });
    const named = await check("--json", "elsewhere/launch.json", "k8s/shop.yaml", "k8s/stack.yaml");
    assert.equal(named.code, 0, named.stderr);
    const { files } = JSON.parse(named.stdout) as Checked;
    assert.deepEqual(
      files.map(({ file, kind }) => `${file} ${kind}`),
      ["elsewhere/launch.json launch", "k8s/shop.yaml pod", "k8s/stack.yaml compose"],
    );
    for (const other of ["notes.json", "values.yaml"]) {
      const { code, stderr, stdout } = await check(other);
      assert.match(
        stderr,
        new RegExp(`: ${other} is no file that configures a Go launch; there are [^\\n]*\\n$`),
      );
      assert.deepEqual([code, stdout], [2, ""]);
    }
  });

  it("names in one line each file that it cannot read, and checks the others", async () => {
    lab = makeFolder({ ".vscode/launch.json": wrong });
    const at = (name: string) => join(lab.folder, name);
    writeFileSync(at(".vscode/tasks.json"), Buffer.from("\ufeff{}", "utf16le"));
    execFileSync("mkfifo", [at(".vscode/settings.json")]);
    mkdirSync(at("compose.yaml"));
    symlinkSync("loop.code-workspace", at("loop.code-workspace"));
    writeFileSync(at("docker-compose.yml"), Buffer.alloc(20 * 1024 * 1024, " "));
    const { code, stdout, stderr } = await check();
    assert.equal(code, 3);
    assert.match(stdout, /DLV103.*\n(?:.*\n)*1 problem \(1 error\) in 1 file; 5 files could not be read\n$/);
    assert.deepEqual(stderr.trimEnd().split("\n"), [
      ".vscode/tasks.json is not UTF-8 text; save it as UTF-8",
      ".vscode/settings.json is not a regular file",
      "compose.yaml is not a regular file",
      "docker-compose.yml is larger than 16 MB; no configuration is",
      "loop.code-workspace cannot be read (ELOOP); its symbolic links lead back to themselves, point them at a file",
    ]);
  });

  it("mends what is safe with --fix, tells it, and takes it back byte for byte", async () => {
    const text = `\ufeff{\r\n  // ours\r\n  "configurations": [\r\n    {"name":"A","type":"go","request":"launch","program":"\${workspaceFolder}","debugAdapter":"dlv-dap","apiVersion":2}\r\n  ]\r\n}\r\n`;
    lab = makeFolder({ ...helloFiles, ".vscode/launch.json": text });
    const file = join(lab.folder, ".vscode", "launch.json");
    const preview = await check("--fix", "--preview");
    assert.equal(preview.code, 1, preview.stdout);
    assert.match(preview.stdout, /^-.*"apiVersion":2/m);
    assert.equal(readFileSync(file, "utf8"), text);
    const fixed = await check("--fix", "--json");
    assert.equal(fixed.code, 0, fixed.stdout);
    const { fixed: told, problems } = JSON.parse(fixed.stdout) as Checked;
    assert.deepEqual(problems, []);
    assert.equal(told[0]?.file, ".vscode/launch.json");
    assert.equal(readFileSync(file, "utf8"), text.replace(',"apiVersion":2', ""));
    const nothing = await check("--fix", "--preview");
    assert.deepEqual([nothing.code, nothing.stdout], [0, ""]);
    assert.match(nothing.stderr, /No fix here is safe/);
    const undone = await run(lab.folder, ["fix", "--undo", "--yes"]);
    assert.equal(undone.code, 0, undone.stderr);
    assert.equal(readFileSync(file, "utf8"), text);
  });

  it("prints the page of a code, by its code or its name", async () => {
    lab = makeFolder({});
    const page = await check("--explain", "dlv103");
    assert.equal(page.code, 0);
    assert.match(page.stdout, /^# .*\n\n`DLV103` `attach-mode` \(error\)/);
    assert.equal((await check("--explain", "attach-mode")).stdout, page.stdout);
  });
});
