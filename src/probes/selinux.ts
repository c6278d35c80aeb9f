import { probe } from "../core/probe.ts";

/** SELinux as a process of dlv's user sees it. */
export interface SeLinux {
  /** False in permissive mode; undefined where selinuxfs is not to be seen, as in a container. */
  readonly enforcing?: boolean;
  /** The boolean deny_ptrace, where the policy has it. */
  readonly denyPtrace?: boolean;
  /** The label that processes here run under, such as system_u:system_r:container_t:s0:c1,c2. */
  readonly context: string;
  /** The newest of the kernel's refusals of a ptrace by dlv, as far as this user may read its log. */
  readonly denial?: string;
}

/** Undefined where the kernel runs without SELinux. */
export const selinux = probe({
  id: "selinux",
  limitMs: 10_000,
  sh: `
grep -qs selinuxfs /proc/filesystems || exit 0
echo "context $(tr -d '\\0' </proc/self/attr/current 2>/dev/null)"
echo "enforce $(cat /sys/fs/selinux/enforce 2>/dev/null)"
echo "deny $(cut -c1 /sys/fs/selinux/booleans/deny_ptrace 2>/dev/null)"
if ! dmesg 2>/dev/null; then
  if [ -r /var/log/audit/audit.log ]; then tail -n 5000 /var/log/audit/audit.log
  else journalctl -q -b -n 5000 --no-pager _TRANSPORT=audit + _TRANSPORT=kernel 2>/dev/null
  fi
fi | grep -E 'avc: +denied +\\{[a-z_ ]*\\bptrace\\b' | grep 'comm="dlv' | tail -n 1 | sed 's/^/log /'
exit 0
`,
  read({ stdout }): SeLinux | undefined {
    const field = (name: string) => new RegExp(`^${name} (.+)$`, "m").exec(stdout)?.[1];
    const context = field("context");
    // Without a policy the kernel knows selinuxfs, and labels nothing but itself.
    if (context === undefined || context === "kernel" || !context.includes(":")) return undefined;
    const [enforce, deny, log] = [field("enforce"), field("deny"), field("log")];
    return {
      context,
      ...(enforce !== undefined && { enforcing: enforce === "1" }),
      ...(deny !== undefined && { denyPtrace: deny === "1" }),
      ...(log !== undefined && { denial: log.replace(/^.*?(?=avc:)/, "") }),
    };
  },
});
