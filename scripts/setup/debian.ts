import { alone } from "./part.ts";
import { run, step } from "./run.ts";

/**
 * Makes sure these Debian packages are installed: with apt-get as root, else by an error that names the command to run.
 */
export async function needDebian(...packages: string[]): Promise<void> {
  if ((await missingOf(packages)).length === 0) return;
  // apt-get itself waits for another one that installs, and fails where another one updates its lists.
  await inTurn(() => alone("apt-get", () => install(packages)));
}

async function missingOf(packages: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const name of packages) if (!(await installed(name))) missing.push(name);
  return missing;
}

/** Within one process the lock is one's own already. */
let last: Promise<unknown> = Promise.resolve();
function inTurn(work: () => Promise<void>): Promise<void> {
  const turn = last.then(work, work);
  last = turn;
  return turn;
}

async function install(packages: readonly string[]): Promise<void> {
  const missing = await missingOf(packages);
  if (missing.length === 0) return;

  const command = `apt-get install -y ${missing.join(" ")}`;
  if (!(await works(["apt-get", "--version"]))) {
    throw new Error(
      `Needed and not found: ${missing.join(", ")} (Debian's names). Install them with your own package manager.`,
    );
  }
  if (process.getuid?.() !== 0)
    throw new Error(`Needed and not installed: ${missing.join(", ")}. Run: sudo ${command}`);

  await step(`Installing Debian packages ${missing.join(" ")}`, async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const patient = ["apt-get", "-o", "DPkg::Lock::Timeout=600"];
    await updateOnce(patient, env);
    await run([...patient, "install", "-y", "--no-install-recommends", ...missing], { env });
  });
}

let updated: Promise<string> | undefined;

/** Package lists grow stale and a minimal image has none, so they are fetched once in each process that installs. */
function updateOnce(apt: string[], env: NodeJS.ProcessEnv): Promise<string> {
  updated ??= run([...apt, "update"], { env });
  return updated;
}

async function installed(name: string): Promise<boolean> {
  try {
    return / installed$/m.test(await run(["dpkg-query", "--status", name]));
  } catch {
    return false;
  }
}

function works(argv: string[]): Promise<boolean> {
  return run(argv).then(
    () => true,
    () => false,
  );
}
