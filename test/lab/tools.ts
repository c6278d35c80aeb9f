import { needDelve } from "../../scripts/setup/delve.ts";
import { needGo } from "../../scripts/setup/go.ts";

/** The dlv that tests run: the one in DELVE_DOCTOR_DLV, else the newest release, installed where it is missing. */
export async function dlv(): Promise<string> {
  return process.env["DELVE_DOCTOR_DLV"] ?? (await needDelve());
}

/** The go that tests run. */
export async function go(): Promise<string> {
  return process.env["DELVE_DOCTOR_GO"] ?? (await needGo());
}
