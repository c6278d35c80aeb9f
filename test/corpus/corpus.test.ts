import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { findIn } from "../../src/config/find.ts";
import { broken, corpus, corpusFolder } from "./corpus.ts";

describe("the corpus", () => {
  const files = corpus();
  const sources = files.map(({ source }) => source);

  it("lists every file, and no other, in order", () => {
    const listed = sources.map(({ file }) => file);
    assert.deepEqual(listed, readdirSync(corpusFolder).sort());
  });

  it("is large enough", () => {
    assert.ok(files.length >= 150, `${files.length} files`);
  });

  it("says of each file where it comes from", () => {
    for (const { file, repo, commit, path, licence } of sources) {
      assert.match(repo, /^[\w.-]+\/[\w.-]+$/, file);
      assert.match(commit, /^[0-9a-f]{40}$/, file);
      assert.match(path, /^[^/].*\S$/, file);
      assert.match(licence, /^(Apache-2\.0|MIT|MPL-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|Zlib)$/, file);
      assert.ok(file.startsWith(repo.replace("/", "__")), file);
    }
  });

  it("has no more than two files of one owner", () => {
    const owners = new Map<string, number>();
    for (const { repo } of sources) {
      const owner = String(repo.split("/")[0]).toLowerCase();
      owners.set(owner, (owners.get(owner) ?? 0) + 1);
    }
    assert.deepEqual(
      [...owners].filter(([, count]) => count > 2),
      [],
    );
  });

  for (const { file, under, text, source } of files)
    it(`${source.file} has a configuration of type go`, () => {
      const { configurations, problems } = findIn(text, file, under);
      assert.ok(configurations.some(({ type }) => type === "go"));
      const fault = broken[source.file];
      if (fault === undefined) assert.deepEqual(problems, []);
      else assert.notDeepEqual(problems, [], `it is said to be broken: ${fault}`);
    });

  it("says nothing of files that are not there", () => {
    const listed = new Set(sources.map(({ file }) => file));
    assert.deepEqual(
      Object.keys(broken).filter((file) => !listed.has(file)),
      [],
    );
  });
});
