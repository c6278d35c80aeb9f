import assert from "node:assert/strict";
import fc from "fast-check";
import { forbidden, nasty, nastyText } from "../../test/lab/hostile.ts";
import { plain, plainLabel } from "./plain.ts";

describe("texts of others in the editor", () => {
  it("are no links and no icons in VS Code's messages and lists", () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        // VS Code's own pattern for links in notifications (base/common/linkedText.ts).
        for (const shown of [plain(text), plainLabel(text)])
          assert.doesNotMatch(shown, /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i);
        assert.doesNotMatch(plain(text), forbidden);
        assert.doesNotMatch(plainLabel(text), forbidden);
        // And for icons (base/common/iconLabels.ts), where a backslash takes them away.
        assert.doesNotMatch(plainLabel(text), /(?<!\\)\$\([a-z0-9-]+(?:~[a-z]+)?\)/i);
      }),
      { numRuns: 300, examples: nasty.map((one) => [one]) },
    );
  });

  it("keep their words", () => {
    assert.equal(plain("a [b] (c)\nd"), "a [b] (c)\nd");
    assert.equal(plain("[b](c)"), "[b] (c)");
    assert.equal(plainLabel("App $(error) ⚠️"), "App \\$(error) ⚠️");
  });
});
