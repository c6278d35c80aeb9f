import assert from "node:assert/strict";
import { noTimeline } from "../core/timeline.ts";
import { reportMarkdown } from "./markdown.ts";
import { makeReport } from "./report.ts";
import { shareable, unnamed } from "./share.ts";

const me = { user: "ada", home: "/home/ada", hosts: ["build7", "build7.example.org"] };
const shared = (text: string, who = me) => shareable(text, who).text.split("\n\nIt hid");

describe("a report to share", () => {
  it("hides user, home, hosts and addresses, and says so", () => {
    const text =
      "dlv in /home/ada/src on build7 for ada waits for 10.1.2.3:443, /home/ada/go and /home/bob/x\n";
    assert.equal(
      shareable(text, me).text,
      "dlv in ~/src on ‹host› for ‹user› waits for ‹address›:443, ~/go and /home/‹user›/x\n\n" +
        "It hid: 3 home paths, 1 user name, 1 host name, 1 network address.\n",
    );
  });

  it("says so where it hid nothing, and leaves loopback, versions, times and longer words alone", () => {
    const text =
      "127.0.0.1:9 [::1]:2345 adapter build77 dlv 1.27.1 v1.2.3-0.20240101 12:30:45 main.go:4:2 a::b 999.1.1.1 canada\n";
    assert.equal(shareable(text, me).text, `${text}\nIt hid nothing.\n`);
  });

  it("leaves root and names that every machine has, which name nobody", () => {
    const text = "needs no root; /root/src\n";
    const [copy] = shared(text, { user: "root", home: "/root", hosts: [] });
    assert.equal(copy, "needs no root; ~/src");
    assert.deepEqual(shared("go build in /home/go/src, go test", me), [
      "go build in /home/‹user›/src, go test",
      ": 1 home path.\n",
    ]);
  });

  it("hides who else has a home here, wherever they are named", () => {
    assert.deepEqual(shared("/Users/bob.x/src is owned by bob.x", me), [
      "/Users/‹user›/src is owned by ‹user›",
      ": 1 home path, 1 user name.\n",
    ]);
  });

  for (const [address, name] of [
    ["2001:db8::8a2e:370:7334", "IPv6"],
    ["fe80::1%eth0", "IPv6 of a link"],
    ["2001:db8:1:2:3:4:5:6", "IPv6 in full"],
    ["64:ff9b::192.0.2.33", "IPv6 with IPv4 in it"],
    ["192.168.17.4", "IPv4"],
  ] as const)
    it(`hides an address: ${name}`, () => {
      assert.deepEqual(shared(`dial tcp [${address}]:443`), [
        "dial tcp [‹address›]:443",
        ": 1 network address.\n",
      ]);
    });

  it("hides mail addresses, and no module for one", () => {
    assert.deepEqual(shared("ada.l+go@example.co.uk, example.com/x@v1.2.3, git@github.com:a/b"), [
      "‹e-mail›, example.com/x@v1.2.3, git@github.com:a/b",
      ": 1 e-mail address.\n",
    ]);
  });

  it("hides the folders of people on Windows, also where backslashes are doubled", () => {
    assert.deepEqual(shared(String.raw`C:\Users\Bob\go and "D:\\Users\\Bob\\x" and c:\temp`), [
      String.raw`C:\Users\‹user›\go and "D:\\Users\\‹user›\\x" and c:\temp`,
      ": 2 home paths.\n",
    ]);
    const home = { user: "Eve", home: String.raw`C:\Users\Eve`, hosts: [] };
    assert.deepEqual(shared(String.raw`C:\Users\Eve\go and "C:\\Users\\Eve\\x"`, home), [
      String.raw`~\go and "~\\x"`,
      ": 2 home paths.\n",
    ]);
  });

  it("hides tokens and passwords by their form", () => {
    const [copy, hid] = shared(
      `https://ada:pa55@proxy.golang.org, Bearer abcdefgh12345678 and ghp_${"x".repeat(20)}`,
    );
    assert.equal(copy, "https://‹redacted›@proxy.golang.org, Bearer ‹redacted› and ‹redacted›");
    assert.equal(hid, ": 3 env values, arguments or tokens.\n");
  });

  it("hides machines of an organisation in addresses of the web, and not those that everybody's go asks", () => {
    assert.deepEqual(
      shared(
        "https://proxy.golang.org/x, https://goproxy.corp.example/y and https://github.com/go-delve/delve",
      ),
      [
        "https://proxy.golang.org/x, https://‹host›/y and https://github.com/go-delve/delve",
        ": 1 host name.\n",
      ],
    );
  });

  it("hides a host with its domain, and names that Markdown has escaped", () => {
    const who = { user: "ada_l", home: "/home/ada_l", hosts: ["build_7"] };
    assert.deepEqual(shared(String.raw`on build\_7.corp.example for ada\_l in /home/ada\_l/x`, who), [
      "on ‹host› for ‹user› in ~/x",
      ": 1 home path, 1 user name, 1 host name.\n",
    ]);
  });

  it("holds no value of the environment and no argument, wherever a report may quote them", () => {
    const launch = {
      ...({ name: "L", request: "launch", mode: "debug", folder: "/f", cwd: "/f", dlv: "dlv" } as const),
      config: { env: { PASSPHRASE: "correct horse" }, args: ["--key", "battery staple"] },
      env: { PASSPHRASE: "correct horse" },
      timeline: noTimeline,
    };
    const finding = {
      ...({ cause: "x", title: "X", certainty: "likely", because: "It said correct horse." } as const),
      ...{ evidence: ["PASSPHRASE is correct horse"], fixes: [] },
    };
    const host = { kind: "local", name: "build7" } as const;
    const report = makeReport(host, launch, { findings: [finding], clear: [], unknown: [] }, "diagnosed");
    const text = shareable(reportMarkdown(report), me).text;
    assert.doesNotMatch(text, /correct|battery|build7/);
    assert.match(text, /It hid: \d+ env values, arguments or tokens, \d+ host names\.\n$/);
  });

  it("is the same again when it is shared again", () => {
    const once = unnamed(
      "/home/ada/x on build7 at 10.1.2.3 for ada and bob@example.org in /home/bob",
      me,
    ).text;
    assert.equal(unnamed(once, me).text, once);
  });
});
