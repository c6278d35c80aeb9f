import assert from "node:assert/strict";
import { shareable } from "./share.ts";

const me = { user: "ada", home: "/home/ada", hosts: ["build7", "build7.example.org"] };

describe("a report to share", () => {
  it("hides user, home, hosts and addresses, and says so", () => {
    const text = "dlv in /home/ada/src on build7 for ada waits for 10.1.2.3:443 and /home/bob/x\n";
    assert.equal(
      shareable(text, me),
      "dlv in ~/src on ‹host› for ‹user› waits for ‹address›:443 and /home/‹user›/x\n\n" +
        "Hidden in this copy: env values and tokens, the home path, names of home folders, the host's name, network addresses, the user's name.\n",
    );
  });

  it("leaves loopback, versions and longer words alone", () => {
    const text = "127.0.0.1:9 adapter build77 dlv 1.27.1\n";
    assert.equal(shareable(text, me), `${text}\nHidden in this copy: env values and tokens.\n`);
  });

  it("leaves root, which names nobody", () => {
    const text = "needs no root; /root/src\n";
    const shared = shareable(text, { user: "root", home: "/root", hosts: [] });
    assert.match(shared, /^needs no root; ~\/src\n/);
  });
});
