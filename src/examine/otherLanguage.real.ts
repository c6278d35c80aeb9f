import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { debugConfig, type LabFolder, labEnv, makeFolder } from "../../test/lab/module.ts";
import type { Diagnosed } from "../../test/lab/otherLanguage.ts";
import { dlv } from "../../test/lab/tools.ts";
import type { Config } from "../core/config.ts";
import type { Finding, Verdicts } from "../core/finding.ts";

const child = new URL("../../test/lab/otherLanguage.ts", import.meta.url);

/** Three words in a row: a command or what it says of a place has fewer. */
const plainWords = /[a-z]{2},? [a-z]+,? [a-z]{2}/;

/** What is outside of every bracket was not said: data, what others say, or a text that nobody can translate. */
function outside(text: string): string {
  let rest = text;
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, "");
  }
  return rest;
}

function ownWords({ title, because, fixes }: Finding): string[] {
  const advised = fixes.flatMap(({ action }) => (action.kind === "advice" ? [action.text] : []));
  return [title, because, ...fixes.map((fix) => fix.title), ...advised];
}

describe("a diagnosis in another language, of real faults", function () {
  this.timeout(180_000);
  let lab: LabFolder;
  let findings: readonly Finding[];
  let unknown: readonly string[];

  before(async () => {
    lab = makeFolder({
      "go.mod": "module example.com/lab\n\ngo 1.25\n",
      "main.go": "package main\n\nfunc main() {}\n",
      "library/library.go": "package library\n",
      "notes.txt": "no program\n",
    });
    const { folder } = lab;
    const env = await labEnv();
    const launch = (more: Config, variables: Readonly<Record<string, string>> = {}): Diagnosed => ({
      folder,
      config: debugConfig(folder, { ...env, ...variables }, { dlvToolPath, ...more }),
    });
    const dlvToolPath = await dlv();
    const launches = [
      launch({ __buildDir: join(folder, "library"), program: join(folder, "library") }),
      launch({ __buildDir: "/", program: "/" }),
      launch({ __buildDir: join(folder, "nowhere") }),
      launch(
        { dlvFlags: ["--nope", "--headless"], dlvTrace: true, buildFlags: "-ldflags='-s -w'" },
        { GOOS: "windows", LD_PRELOAD: "/x" },
      ),
      launch({}, { GOROOT: "/nowhere" }),
      launch({}, { PATH: "/nowhere" }),
      launch({ mode: "exec", program: join(folder, "notes.txt") }),
      launch({ request: "attach", mode: "local", processId: 2 ** 22 - 1 }),
      launch({ request: "attach", mode: "remote", port: 9 }),
    ];
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", child.pathname], {
      input: JSON.stringify(launches),
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    assert.equal(status, 0, stderr);
    const verdicts: readonly Verdicts[] = JSON.parse(stdout);
    findings = verdicts.flatMap((one) => one.findings);
    unknown = verdicts.flatMap((one) => one.unknown).map(({ because }) => because);
  });
  after(() => lab.remove());

  it("finds what it finds in English", () => {
    const causes = [
      "dlv-dies-or-missing-at-start",
      "exec-format-prebuilt",
      "file-var-mode-mismatch",
      "go-not-on-extension-host-path",
      "goos-goarch-leak",
      "no-debug-info",
      "not-executable-nonmain",
      "remote-attach-vs-dap-server",
      "shim-or-gvm-mismatch",
      "wrong-module-dir",
      "wrong-popular-settings",
      "zombie-or-gone-target",
    ];
    const missed = causes.filter((cause) => !findings.some((one) => one.cause === cause));
    assert.deepEqual(missed, []);
  });

  it("says every title, reason, remedy and advice", () => {
    const texts = findings.flatMap(ownWords);
    assert.ok(texts.length > 30);
    assert.deepEqual(
      texts.filter((text) => /[a-z]/i.test(outside(text))),
      [],
    );
  });

  it("says what is a sentence in the evidence", () => {
    const lines = findings.flatMap(({ evidence }) => evidence);
    assert.deepEqual(
      lines.filter((line) => plainWords.test(outside(line))),
      [],
    );
  });

  it("says why a cause was not checked, where go and dlv have not said it themselves", () => {
    const ours = unknown.filter((because) => because.startsWith("⟦"));
    assert.ok(ours.includes("⟦dlv's wórkíng díréctóry dóés nót éxíst⟧"), unknown.join("\n"));
    const others = unknown.filter((because) => plainWords.test(outside(because)));
    assert.deepEqual(
      others.filter((because) => !/^go(?:-\S+)?: /.test(because)),
      [],
    );
  });
});
