import { probe } from "../core/probe.ts";

/** What dlv made of `dap --help` with the configuration's own dlvFlags. */
export interface DlvStart {
  /** Codes 126 and 127 are the shell's: not executable, not there. Above 128 a signal ended it. */
  readonly code: number;
  /** The first line that says what is wrong; empty where dlv took every flag. */
  readonly complaint: string;
}

/**
 * Lets dlv read its flags without starting anything: with --help first it prints its usage and ends, and it reads all
 * flags before it does. It never listens, so no session can be used up.
 */
export const dlvStart = probe<DlvStart>({
  id: "dlv-start",
  args: (launch) => [launch.dlv, "dap", "--help", ...ownFlags(launch.config["dlvFlags"])],
  // In a shell, so that it is answered also where dlv's directory does not exist.
  sh: 'PATH=$LAUNCH_PATH; export PATH; exec "$@"',
  read({ code, stdout, stderr }) {
    const lines = `${stderr}\n${stdout}`.split("\n");
    const telling = lines.find((line) => /^(?:Error|panic|fatal error|runtime): /.test(line));
    const complaint = telling ?? (code === 0 ? "" : (lines.find((line) => line.trim() !== "") ?? ""));
    return { code: code ?? 0, complaint: complaint.trim() };
  },
});

/** A flag that takes --help back would make dlv listen after all; "--" would hide --help's neighbours from it. */
function ownFlags(flags: unknown): string[] {
  if (!Array.isArray(flags)) return [];
  return flags.filter(
    (flag): flag is string => typeof flag === "string" && !/^(?:--?h(?:elp)?\b|--$)/.test(flag),
  );
}
