import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tools } from "../src/agent/tools.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

interface Setting {
  readonly scope?: string;
  readonly type: string;
  readonly order?: number;
}

const manifest = JSON.parse(read("package.json")) as {
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly languageModelTools: readonly { readonly name: string; readonly modelDescription: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
};
const english = JSON.parse(read("package.nls.json")) as Readonly<Record<string, string>>;

/** What names a host is this machine's own; how a launch is followed may differ from folder to folder. */
const scopes: Readonly<Record<string, string>> = { "delveDoctor.hosts": "machine" };

describe("package.json", () => {
  const { commands, configuration, languageModelTools } = manifest.contributes;

  it("tells a model of each tool what the MCP server tells", () => {
    assert.deepEqual(
      languageModelTools.map(({ name, modelDescription }) => [name, modelDescription]),
      Object.entries(tools).map(([name, { description }]) => [`delve_doctor_${name}`, description]),
    );
  });

  it("says every text in package.nls.json, and that says no other", () => {
    const used = [...read("package.json").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? "");
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  });

  it("gives each setting its scope: none chooses a program, and hosts are the machine's", () => {
    for (const [name, { scope }] of Object.entries(configuration.properties))
      assert.equal(scope, scopes[name] ?? "resource", name);
    const programs = Object.keys(configuration.properties).filter((name) =>
      /path|command|exec|dlv$/i.test(name),
    );
    assert.deepEqual(programs, []);
  });

  it("lists its settings in the order in which it describes them", () => {
    const orders = Object.values(configuration.properties).map(({ order }) => order);
    assert.deepEqual(
      orders,
      orders.map((_, at) => at + 1),
    );
  });

  it("registers its commands, all in one category, and the one that is typed by its own name", () => {
    const names = /names: readonly CommandName\[\] = \[([^\]]*)\]/.exec(
      read("src/extension/extension.ts"),
    )?.[1];
    const registered = [...(names ?? "").matchAll(/"(\w+)"/g)].map(([, name]) => `delveDoctor.${name}`);
    assert.deepEqual(commands.map(({ command }) => command).sort(), registered.sort());
    assert.deepEqual([...new Set(commands.map(({ category }) => category))], ["Delve Doctor"]);
    assert.equal(english["command.diagnose"], "Diagnose Delve launch");
  });

  it("runs where dlv runs, starts with nothing but Go, and leaves an untrusted or virtual workspace alone", () => {
    assert.equal(manifest.engines.vscode, "^1.101.0");
    assert.deepEqual(manifest.extensionKind, ["workspace"]);
    assert.ok(!manifest.activationEvents.some((event) => event === "*" || event === "onStartupFinished"));
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, false);
  });
});
