import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { localHost } from "../local.ts";
import { withSshOption } from "./editConfig.ts";
import { readSettings, type Settings } from "./settings.ts";

const aliases = ["build7", "build8", "web"];
const separator = fc.constantFrom(" ", "=", "\t", " = ", "   ");
const spelled = (name: string) => fc.constantFrom(name, name.toLowerCase());
const option = fc
  .tuple(
    fc.constantFrom("", "  ", "    ", "\t"),
    fc
      .constantFrom("ServerAliveInterval", "ServerAliveInterval", "Port", "User", "ConnectTimeout")
      .chain(spelled),
    separator,
    fc.constantFrom("7", "15", '"15"', "22"),
    fc.constantFrom("", "", " ", " # why"),
  )
  .map((parts) => parts.join(""));
const patterns = fc.constantFrom(
  "build7",
  "build8",
  "web",
  "build*",
  "*",
  "* !build7",
  "web build7",
  '"build7"',
);
const head = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(spelled("Host"), separator, patterns).map((parts) => parts.join("")) },
  fc.constantFrom("Match all", "Match originalhost build7", "Match host web,build8", "Match user nobody"),
);
const line = fc.oneof(
  { weight: 4, arbitrary: option },
  { weight: 3, arbitrary: head },
  fc.constantFrom("", "# a note", "  # ServerAliveInterval 3", "   "),
);
const config = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([lines, end, ended]) => lines.join(end) + (ended ? end : ""));

describe("an edit of ~/.ssh/config against ssh -G", function () {
  this.timeout(180_000);
  let folder = "";
  let count = 0;

  before(async () => {
    await needDebian("openssh-client");
    folder = mkdtempSync(join(tmpdir(), "ssh-edit-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function ask(text: string, alias: string): Promise<Settings> {
    count += 1;
    const file = join(folder, `config-${count}`);
    writeFileSync(file, text);
    const argv = ["ssh", "-T", "-F", file, "-G", "--", alias];
    const { code, stdout, stderr } = await localHost.run({ argv }, { ms: 60_000, bytes: 100_000 });
    assert.equal(code, 0, stderr);
    return readSettings(stdout);
  }

  it("shows the value, changes nothing else for any host, keeps every line, and has nothing to do again", async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(config, fc.constantFrom("15", "40"), async (text, value) => {
        const edit = withSshOption(text, "build7", "ServerAliveInterval", value);
        assert.ok("text" in edit);
        assert.deepEqual(withSshOption(edit.text, "build7", "ServerAliveInterval", value), edit);
        const same = await Promise.all(
          aliases.map(async (alias) => {
            const [before, after] = await Promise.all([ask(text, alias), ask(edit.text, alias)]);
            const key = "serveraliveinterval";
            if (alias === "build7") assert.deepEqual(after.get(key), [value], `${text}\n->\n${edit.text}`);
            const without = (settings: Settings) =>
              [...settings].filter(([name]) => alias !== "build7" || name !== key);
            assert.deepEqual(without(after), without(before), `${alias}: ${text}\n->\n${edit.text}`);
            return before.get(key)?.[0] === value;
          }),
        );
        assert.ok(isKept(text, edit.text), `${text}\n->\n${edit.text}`);
        if (same[0] !== true) changed += 1;
      }),
      { numRuns: 60 },
    );
    assert.ok(changed > 10, `only ${changed} edits changed what ssh does`);
  });
});

/** Whether every line of the old text is in the new one, in order and to the byte, but for one whose value changed. */
function isKept(before: string, after: string): boolean {
  const rest = after.split("\n");
  let changed = 0;
  for (const old of before.split("\n")) {
    const at = rest.findIndex((now) => now === old || now === `${old}\r`);
    if (at >= 0) rest.splice(0, at + 1);
    else {
      changed += 1;
      const [begin] = /^\s*serveraliveinterval[\s=]+/i.exec(old) ?? ["?"];
      const now = rest.findIndex((candidate) => candidate.startsWith(begin));
      if (now < 0) return false;
      rest.splice(0, now + 1);
    }
  }
  return changed <= 1;
}
