import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv, makeFolder } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { freePort, startProcess, until } from "../../../test/lab/server.ts";
import { type BuiltElsewhere, builtElsewhere, doubleFiles } from "../../../test/lab/sources.ts";
import { dlv } from "../../../test/lab/tools.ts";

const id = "substitute-path-missing";

describe("a program that was built from sources at another place", function () {
  this.timeout(300_000);
  let built: BuiltElsewhere;
  const lines = (...files: readonly (readonly [string, number])[]) =>
    files.map(([file, line]) => ({ file: join(built.folder, file), line }));
  const exec = (more: object = {}) => ({
    name: "exec",
    request: "launch",
    mode: "exec",
    program: built.program,
    ...more,
  });

  before(async () => {
    built = await builtElsewhere();
  });
  after(() => built?.remove());

  it("is found with its paths, and the mapping makes the breakpoints hold", async () => {
    const { folder, elsewhere } = built;
    const breakpoints = lines(["main.go", 12], ["internal/double/double.go", 4]);
    const ran = await labLaunch({ config: exec(), folder, breakpoints });
    assert.equal(ran.ended, "exited");
    const finding = named(ran, id, "proven");
    assert.match(finding.because, /^2 breakpoints are not set.*program knows main\.go as /);
    assert.ok(finding.because.includes(join(elsewhere, "main.go")));
    assert.equal(finding.explains?.phase, "run");

    const config = fixedConfig(exec(), finding);
    assert.deepEqual(config["substitutePath"], [{ from: folder, to: elsewhere }]);
    const again = await labLaunch({ config, folder, breakpoints });
    cured(finding, again);
    assert.ok(again.launch.timeline.breakpoints.every(({ verified }) => verified));
  });

  it("is found beside a mapping that is there, and where one leads astray", async () => {
    const { folder, elsewhere } = built;
    const breakpoints = lines(["main.go", 12], ["internal/double/double.go", 4]);
    const internal = { from: join(folder, "internal"), to: join(elsewhere, "internal") };
    for (const [substitutePath, expected] of [
      [[internal], [internal, { from: folder, to: elsewhere }]],
      [[{ from: folder, to: "/nowhere" }], [{ from: folder, to: elsewhere }]],
    ] as const) {
      const ran = await labLaunch({ config: exec({ substitutePath }), folder, breakpoints, goal: "exit" });
      const finding = named(ran, id, "proven");
      const config = fixedConfig(exec({ substitutePath }), finding);
      assert.deepEqual(config["substitutePath"], expected);
      const again = await labLaunch({ config, folder, breakpoints });
      assert.equal(again.ended, "stopped");
      assert.ok(again.launch.timeline.breakpoints.every(({ verified }) => verified));
      assert.deepEqual(again.verdicts.findings, []);
    }
  });

  it("has an entry for each root: a replaced module beside its own", async () => {
    const other = await builtElsewhere(
      {
        "app/go.mod":
          "module example.com/app\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n",
        "app/main.go": 'package main\n\nimport "example.com/lib"\n\nfunc main() {\n\tprintln(lib.Of(1))\n}\n',
        "lib/go.mod": "module example.com/lib\n\ngo 1.25\n",
        "lib/lib.go": "package lib\n\nfunc Of(n int) int {\n\tn = n * 2\n\treturn n\n}\n",
      },
      "app",
    );
    try {
      const folder = join(other.folder, "app");
      const config = { ...exec(), program: other.program };
      const breakpoints = [
        { file: join(folder, "main.go"), line: 6 },
        { file: join(other.folder, "lib", "lib.go"), line: 4 },
      ];
      const ran = await labLaunch({ config, folder, breakpoints });
      const fixed = fixedConfig(config, ran.verdicts.findings[0]);
      assert.deepEqual(fixed["substitutePath"], [
        { from: folder, to: join(other.elsewhere, "app") },
        { from: join(other.folder, "lib"), to: join(other.elsewhere, "lib") },
      ]);
      const again = await labLaunch({ config: fixed, folder, breakpoints });
      assert.equal(again.ended, "stopped");
      assert.ok(again.launch.timeline.breakpoints.every(({ verified }) => verified));
    } finally {
      other.remove();
    }
  });

  for (const [what, args] of [
    ["runs", ["--", "wait"]],
    ["has ended", []],
  ] as const)
    it(`is found through a remote attach to a dlv of this machine whose program ${what}`, async () => {
      const { folder, elsewhere, program } = built;
      const port = await freePort();
      const argv = [await dlv(), "exec", program, "--headless", `--listen=127.0.0.1:${port}`];
      const server = await startProcess([...argv, "--accept-multiclient", ...args], elsewhere);
      try {
        await until(() => server.printed().includes("listening at"), "a headless dlv");
        const config = {
          request: "attach",
          mode: "remote",
          host: "127.0.0.1",
          port,
          debugAdapter: "dlv-dap",
        };
        const breakpoints = lines(["main.go", 12]);
        const ran = await labLaunch({ config, folder, breakpoints, goal: "initialized" });
        named(ran, id, "proven");
      } finally {
        await server.end();
      }
    });

  it("is not found for an older version of a dependency, nor for another copy of what the folder holds", async () => {
    const cached = (version: string, text: string) => ({
      [`pkg/mod/example.com/lib@${version}/go.mod`]: "module example.com/lib\n\ngo 1.25\n",
      [`pkg/mod/example.com/lib@${version}/lib.go`]: text,
    });
    const text = "package lib\n\nfunc Of(n int) int {\n\tn = n * 2\n\treturn n\n}\n";
    const app = (name: string, more = "") => ({
      [`${name}/go.mod`]:
        "module example.com/app\n\ngo 1.25\n\nrequire example.com/lib v1.1.0\n\nreplace example.com/lib => ../pkg/mod/example.com/lib@v1.1.0\n",
      [`${name}/main.go`]: `package main\n\nimport "example.com/lib"\n\n${more}func main() {\n\tprintln(lib.Of(1))\n}\n`,
    });
    const made = makeFolder({
      ...cached("v1.0.0", text),
      ...cached("v1.1.0", text.replace("2", "3")),
      ...app("app"),
      ...app("copy", "// As it was before.\n"),
    });
    try {
      const folder = join(made.folder, "app");
      const config = { name: "app", request: "launch", mode: "debug", program: folder, __buildDir: folder };
      const breakpoints = [
        { file: join(made.folder, "pkg/mod/example.com/lib@v1.0.0/lib.go"), line: 4 },
        { file: join(made.folder, "copy/main.go"), line: 7 },
      ];
      const env = await labEnv();
      const ran = await labLaunch({ config: { ...config, env }, folder, breakpoints, goal: "exit" });
      assert.equal(ran.ended, "exited");
      assert.ok(ran.launch.timeline.breakpoints.every(({ verified }) => !verified));
      assert.deepEqual(ran.verdicts.findings, []);
    } finally {
      made.remove();
    }
  });

  it("is not found for a healthy launch, a line without code or a file that is no part of it", async () => {
    const { folder, elsewhere } = built;
    const healthy = [{ file: join(elsewhere, "main.go"), line: 12 }];
    const ran = await labLaunch({ config: exec(), folder: elsewhere, breakpoints: healthy });
    silent(ran, "is not found for a healthy launch, a line without code or a file that is no part of it");

    const config = exec({ substitutePath: [{ from: folder, to: elsewhere }] });
    const other = makeFolder({ ...doubleFiles, "go.mod": "module example.com/other\n\ngo 1.25\n" });
    try {
      const breakpoints = [
        ...lines(["internal/double/double.go", 1], ["internal/triple/double.go", 4]),
        { file: join(other.folder, "main.go"), line: 12 },
      ];
      const past = await labLaunch({ config, folder, breakpoints });
      assert.equal(past.launch.timeline.breakpoints.filter(({ verified }) => verified).length, 0);
      assert.deepEqual(past.verdicts.findings, []);
    } finally {
      other.remove();
    }
  });
});
