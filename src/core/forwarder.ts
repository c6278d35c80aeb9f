/** A program of this machine that carries connections to somewhere else. `argv` is kept only for those that we know. */
export interface Forwarder {
  readonly pid: number;
  /** The program's file name: ssh, kubectl, socat, docker-proxy … */
  readonly name: string;
  readonly argv: readonly string[];
}

/** Options of ssh(1) that take a value, OpenSSH 9.2; the value may stick to the letter. */
const withValue = "BbcDEeFIiJLlmOopQRSWw";
/** Of those and of the others, what decides where ssh goes and how it logs in. */
const decides = "bcFIiJlmop46";

/** Where an ssh process goes: the options that decide it, to be used again, and its destination. */
export interface SshLogin {
  readonly options: readonly string[];
  readonly destination: string;
  /** The word that ~/.ssh/config knows the host by: "build7" of "me@build7" and "ssh://me@build7:22". */
  readonly alias: string;
}

/** Reads where a running ssh goes. Undefined where it names no destination, as `ssh -O` of a mux client may not. */
export function sshLogin({ name, argv }: Forwarder): SshLogin | undefined {
  const { options, destination } = name === "ssh" ? sshWords(argv) : {};
  if (options === undefined || destination === undefined) return undefined;
  const deciding = options.filter(([letter]) => decides.includes(letter));
  return {
    options: deciding.flatMap(([letter, ...values]) => [`-${letter}`, ...values]),
    destination,
    alias: aliasOf(destination),
  };
}

/** Only the form of a URL has a port behind the host, and brackets around an IPv6 address. */
function aliasOf(destination: string): string {
  const isUrl = destination.startsWith("ssh://");
  const host = destination.replace(/^ssh:\/\//, "").replace(/^.*@/, "");
  if (!isUrl) return host;
  return /^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/[:/].*$/, "");
}

/** An option of ssh: its letter, and its value if it takes one. */
type SshOption = readonly [letter: string, ...value: string[]];

/**
 * Sorts the command line of a running ssh (ssh(1)): options may stand on both sides of the destination, what follows is a
 * command.
 */
export function sshWords(argv: readonly string[]): {
  readonly options: readonly SshOption[];
  readonly destination?: string;
} {
  const options: SshOption[] = [];
  let destination: string | undefined;
  for (let at = 1; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      if (destination !== undefined) break;
      destination = word;
      continue;
    }
    if (word === "--") continue;
    for (let letterAt = 1; letterAt < word.length; letterAt += 1) {
      const letter = word.charAt(letterAt);
      if (!withValue.includes(letter)) {
        options.push([letter]);
        continue;
      }
      const stuck = word.slice(letterAt + 1);
      options.push([letter, stuck === "" ? (argv[++at] ?? "") : stuck]);
      break;
    }
  }
  return { options, ...(destination !== undefined && { destination }) };
}

/** What a `kubectl port-forward` goes to, as its command line says: "pod/api", "svc/api"; undefined for other commands. */
export function forwardedTo({ name, argv }: Forwarder): string | undefined {
  const at = argv.indexOf("port-forward");
  if (!/^(kubectl|oc|k3s|k0s|microk8s)/.test(name) || at < 0) return undefined;
  return plainWords(argv.slice(at + 1))[0];
}

/** The words of a kubectl command line that are neither flags nor their values. */
export function plainWords(words: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith("-") && !takesValue(words[index - 1]));
}

/** Flags of kubectl that stand in front of their value; `--flag=value` is one word. */
function takesValue(word: string | undefined): boolean {
  return /^(-n|--namespace|--address|--context|--cluster|--user|--kubeconfig|--pod-running-timeout)$/.test(
    word ?? "",
  );
}
