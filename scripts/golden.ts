import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Writes test/golden/ anew from what the code says now. Read the diff before you commit it. */
const files = ["src/report", "src/selftest"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name)),
);
const mocha = ["--import", "tsx", "node_modules/mocha/bin/mocha.js", ...files];
const env = { ...process.env, DELVE_DOCTOR_WRITE_GOLDEN: "1" };
process.exit(spawnSync(process.execPath, mocha, { env, stdio: "inherit" }).status ?? 1);
