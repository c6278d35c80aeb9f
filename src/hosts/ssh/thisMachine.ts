import { homedir, userInfo } from "node:os";
import type { Surroundings } from "./target.ts";

/** The machine and user that this process runs on. */
export function thisMachine(): Surroundings {
  const { username, homedir: home } = whoAmI();
  return { home, user: username, env: process.env, platform: process.platform, ssh: "ssh" };
}

/** The user database has no line for some users of containers. */
function whoAmI(): { username: string; homedir: string } {
  try {
    return userInfo();
  } catch {
    return { username: process.env["USER"] ?? process.env["USERNAME"] ?? "", homedir: homedir() };
  }
}
