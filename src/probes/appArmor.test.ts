import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { appArmor } from "./appArmor.ts";

const read = (stdout: string) => appArmor.read(answer(stdout), launchOf({}));
/** As Linux 6.1 writes it. */
const denied = (mask: string, comm = "dlv") =>
  `log [   14.03] audit: type=1400 audit(1795398654.259:3): apparmor="DENIED" operation="ptrace" profile="lab" pid=151 comm="${comm}" requested_mask="${mask}" denied_mask="${mask}" peer="lab"\n`;

describe("AppArmor's records", () => {
  it("are those of ptrace, the newest first, from apparmor= on", () => {
    const found = read(`apparmor\nread\n${denied("trace")}${denied("tracedby")}`);
    assert.equal(found?.logRead, true);
    assert.deepEqual(
      found.denials.map(({ profile, comm, line }) => [profile, comm, /denied_mask="\w+"/.exec(line)?.[0]]),
      [
        ["lab", "dlv", 'denied_mask="tracedby"'],
        ["lab", "dlv", 'denied_mask="trace"'],
      ],
    );
    assert.match(
      found.denials[0]?.line ?? "",
      /^apparmor="DENIED" operation="ptrace" profile="lab" pid=151 /,
    );
  });

  it("leave out who only wanted to read: ps does that to every process", () => {
    assert.deepEqual(read(`apparmor\nread\n${denied("read", "ps")}${denied("readby", "ps")}`)?.denials, []);
  });

  it("name the file of each profile", () => {
    assert.deepEqual(
      read("apparmor\nprofile lab\t/etc/apparmor.d/lab\nprofile /usr/bin/man\t/etc/apparmor.d/usr.bin.man\n")
        ?.files,
      [
        { profile: "lab", file: "/etc/apparmor.d/lab" },
        { profile: "/usr/bin/man", file: "/etc/apparmor.d/usr.bin.man" },
      ],
    );
  });

  it("may be unreadable, and there are none without AppArmor", () => {
    assert.deepEqual(read("apparmor\n"), { logRead: false, denials: [], files: [] });
    assert.equal(read(""), undefined);
  });
});
