import assert from "node:assert/strict";
import fc from "fast-check";
import { readAddress, readJumps } from "./address.ts";
import { matchAliases } from "./aliases.ts";
import { readConfigLine } from "./configLine.ts";
import { paths, readSettings, seconds } from "./settings.ts";

describe("what ssh -G prints", () => {
  const settings = readSettings(
    "host a\r\nidentityfile ~/a b\nidentityfile none\nuserknownhostsfile /a b/c ~/d C:\\e none\nconnecttimeout none\nbare\n",
  );
  it("is read line by line, values that repeat in their order", () => {
    assert.deepEqual(settings.get("identityfile"), ["~/a b", "none"]);
    assert.deepEqual(settings.get("host"), ["a"]);
    assert.equal(settings.has("bare"), false);
  });

  it("has file names with blanks in one value", () => {
    assert.deepEqual(paths(settings, "userknownhostsfile"), ["/a b/c", "~/d", "C:\\e"]);
    assert.deepEqual(paths(settings, "globalknownhostsfile"), []);
  });

  it("has times in several forms", () => {
    const time = (value: string) => seconds(readSettings(`connecttimeout ${value}`), "connecttimeout");
    assert.deepEqual(["90", "1m30s", "2H", "none", "soon"].map(time), [90, 90, 7200, undefined, undefined]);
  });
});

describe("jump hosts", () => {
  it("are read in all their forms", () => {
    assert.deepEqual(readJumps("a,u@b:22,ssh://v@[fe80::1]:2222/,w@x@c,::1"), [
      { host: "a" },
      { host: "b", user: "u", port: 22 },
      { host: "fe80::1", user: "v", port: 2222 },
      { host: "c", user: "w@x" },
      { host: "::1" },
    ]);
    assert.deepEqual(readJumps("none"), []);
    assert.deepEqual(readJumps(""), []);
  });

  it("are refused where they are none", () => {
    for (const text of ["a,,b", "-a", "a:0", "a:70000", "u@", "[::1", "u@-x", "a b"])
      assert.equal(readJumps(text), undefined, text);
    assert.equal(readAddress("ssh://"), undefined);
  });
});

describe("a line of a configuration", () => {
  const args = (line: string) => readConfigLine(line)?.args;

  it("has its words told from quotes, escapes and comments", () => {
    assert.deepEqual(args("Host a 'b c' \"d\"e # f"), ["a", "b c", "de"]);
    assert.deepEqual(args("\tUser=me\r"), ["me"]);
    assert.deepEqual(args("IdentityFile = a\\ b\\\\c\\d"), ["a b\\c\\d"]);
    assert.deepEqual(args("Host a#b"), ["a#b"]);
    assert.deepEqual(args("Host"), []);
    for (const none of ["", "  ", "# a b", ' User "open']) assert.equal(args(none), undefined, none);
  });

  it("is its pieces joined, whatever it is", () => {
    const text = fc.string({ unit: fc.constantFrom(" ", "\t", "=", '"', "'", "\\", "#", "a", "B", "\r") });
    fc.assert(
      fc.property(text, (line) => {
        const read = readConfigLine(line);
        if (read === undefined) return;
        assert.equal(`${read.indent}${read.keyword}${read.separator}${read.value}${read.rest}`, line);
      }),
    );
  });
});

describe("a pattern of several hosts", () => {
  it("picks aliases in the configuration's order", () => {
    const aliases = ["web2", "db", "web1", "web9"];
    assert.deepEqual(matchAliases("web*,!web9", aliases), ["web2", "web1"]);
    assert.deepEqual(matchAliases("d?,web1", aliases), ["db", "web1"]);
    assert.deepEqual(matchAliases("!db", aliases), []);
  });
});
