import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** The account of a private sshd, and the files that show it to whatever runs there. */
export interface Accounts {
  readonly user: string;
  readonly uid: number;
  readonly home: string;
  readonly password: string;
  readonly authorizedKeys: string;
  /** What is mounted over what, in sshd's own mount namespace only. */
  readonly binds: readonly { readonly from: string; readonly to: string }[];
}

const user = "doctor";
const uid = 64_207;

/** Writes copies of the machine's account files with one user more, and that user's home. */
export function writeAccounts(
  folder: string,
  shell: string,
  files: Readonly<Record<string, string>>,
): Accounts {
  const home = join(folder, "home");
  const password = "correct horse";
  const authorizedKeys = join(folder, "authorized_keys");
  const hash = execFileSync("perl", ["-e", "print crypt($ARGV[0], q($6$lab$))", password], {
    encoding: "utf8",
  });
  const copies = [
    { to: "/etc/passwd", line: `${user}:x:${uid}:${uid}::${home}:${shell}`, mode: 0o644 },
    { to: "/etc/group", line: `${user}:x:${uid}:`, mode: 0o644 },
    { to: "/etc/shadow", line: `${user}:${hash}:19000:0:99999:7:::`, mode: 0o600 },
  ];
  const rootHome = join(folder, "root");
  mkdirSync(rootHome);
  const rootLine = `root:x:0:0:root:${rootHome}:/bin/bash`;
  const binds = copies.map(({ to, line, mode }) => {
    const from = join(folder, to.slice("/etc/".length));
    const lines = readFileSync(to, "utf8").trimEnd().split("\n");
    // root there is not to run the start-up files of root here.
    const own = to === "/etc/passwd" ? lines.map((one) => one.replace(/^root:.*/, rootLine)) : lines;
    writeFileSync(from, `${[...own, line].join("\n")}\n`, { mode });
    chmodSync(from, mode);
    return { from, to };
  });

  const pam = join(folder, "pam");
  writeFileSync(
    pam,
    "auth required pam_unix.so nodelay\naccount required pam_permit.so\nsession required pam_permit.so\n",
  );
  writeHome(home, files);
  return {
    user,
    uid,
    home,
    password,
    authorizedKeys,
    binds: [...binds, { from: pam, to: "/etc/pam.d/sshd" }],
  };
}

function writeHome(home: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(home);
  for (const [name, text] of Object.entries(files)) {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  chownSync(home, uid, uid);
  for (const name of readdirSync(home, { recursive: true, encoding: "utf8" }))
    lchownSync(join(home, name), uid, uid);
}
