/** What this machine brings to a connection. Tests give their own; `thisMachine` (thisMachine.ts) is the real one. */
export interface Surroundings {
  /** What `~` stands for. OpenSSH asks the user database and ignores HOME, so do we. */
  readonly home: string;
  /** Who runs this process: the user's name where a configuration names none. */
  readonly user: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The ssh program: a name found on the PATH, or a path. */
  readonly ssh: string;
  /** Read instead of ~/.ssh/config and the system's file, as `ssh -F` does. */
  readonly configFile?: string;
}

/** A private key that the configuration names. It may lie in a hardware token or an agent and not in a file. */
export interface IdentityFile {
  /** `~` and tokens are expanded. */
  readonly path: string;
  readonly exists: boolean;
}

/** Where an agent answers: a Unix socket, or a named pipe on Windows. */
export type AgentPlace = { readonly kind: "none" } | { readonly kind: "socket"; readonly path: string };

/** An SSH host, all of its configuration resolved: nothing in here needs expanding. */
export interface SshTarget {
  /** The word that was asked for, without user and port. */
  readonly alias: string;
  readonly hostname: string;
  readonly port: number;
  readonly user: string;

  /** In the order of the configuration; OpenSSH's own default names where it names none. */
  readonly identityFiles: readonly IdentityFile[];
  /** Those of the named ones that are there. */
  readonly certificateFiles: readonly string[];
  readonly agent: AgentPlace;
  readonly identitiesOnly: boolean;
  /** A PKCS#11 library that holds keys. */
  readonly pkcs11Provider?: string;

  /** The hosts to go through, the nearest to us first, each resolved and each without hops of its own. */
  readonly hops: readonly SshTarget[];
  /** A shell command whose stdin and stdout are the connection. The first hop's own stands in that hop. */
  readonly proxyCommand?: string;

  /** The user's own first, then the system's: the order in which OpenSSH looks. */
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  /** The name to look up in known_hosts instead of the host's own. */
  readonly hostKeyAlias?: string;
  /** "off" is OpenSSH's other word for "no". A changed key is refused whatever it says; of an unknown one see hostKey.ts. */
  readonly strictHostKeyChecking: "yes" | "ask" | "accept-new" | "no";
  readonly hashKnownHosts: boolean;

  /** 0 is none. */
  readonly serverAliveSeconds: number;
  readonly serverAliveCount: number;
  /** undefined is the system's own limit. */
  readonly connectSeconds?: number;

  /** Lower-case method names in the order to try them; undefined is OpenSSH's own order. */
  readonly preferredAuthentications?: readonly string[];
  readonly pubkeyAuthentication: boolean;
  readonly passwordAuthentication: boolean;
  readonly kbdInteractiveAuthentication: boolean;
  readonly gssapiAuthentication: boolean;

  /** In order of preference; empty where nobody could say (no ssh program and nothing configured). */
  readonly kexAlgorithms: readonly string[];
  readonly hostKeyAlgorithms: readonly string[];

  /** What resolved it: the ssh program, or our own reading of ~/.ssh/config where there is none. */
  readonly resolvedBy: "ssh" | "file";
}
