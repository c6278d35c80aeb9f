/**
 * A script that sends what /proc says of the process tree under `root`, a line each: `s`tat, `i`o, `w`chan, `t`racer,
 * `a`rguments (of a tool, once) and `f`ile descriptors that are sockets, with their pid; `n` a line of /proc/net/tcp, and
 * `.` at the end of a sample. A sample in which no line changed is a `.` alone. It ends with the tree's root.
 *
 * One awk(1) reads it all: a shell reads a byte at a time, and a program for each file would cost a busy host more than
 * the build that is watched. Sockets are looked at once a second, for which ls(1) is needed. A host without awk sends
 * nothing.
 */
export function samplerScript(root: number, mark: string): string {
  return `dd_main() {
exec </dev/null
printf '\\n%s tree\\n' ${mark}; printf '\\n%s tree\\n' ${mark} >&2
LC_ALL=C PATH=\${PATH-}:/usr/bin:/bin
export LC_ALL PATH
exec awk -v root=${root} '${program}' 2>/dev/null
}
dd_main
`;
}

/** POSIX awk with fflush(), as gawk, mawk and busybox have it. It holds no single quote: \\047 stands for one. */
const program = `
function first(file,  line) { line = ""; getline line < file; close(file); return line }
function all(file, pattern,  line, text) {
  text = ""
  while ((getline line < file) > 0) if (line ~ pattern) text = text line " "
  close(file)
  return text
}
function tree(  list, count, paths, at, pid, stat, rest, fields, cut, grown) {
  split("", stats); split("", names); split("", up); split("", within)
  "echo /proc/[0-9]*" | getline list
  close("echo /proc/[0-9]*")
  count = split(list, paths, " ")
  for (at = 1; at <= count; at++) {
    stat = first(paths[at] "/stat")
    pid = substr(paths[at], 7)
    rest = stat
    while ((cut = index(rest, ") ")) > 0) rest = substr(rest, cut + 2)
    if (split(rest, fields, " ") < 4) continue
    stats[pid] = stat
    cut = index(stat, "(")
    names[pid] = substr(stat, cut + 1, length(stat) - length(rest) - cut - 2)
    up[pid] = fields[2]
    if (pid == root || fields[4] == root) within[pid] = 1
  }
  do {
    grown = 0
    for (pid in stats) if (!(pid in within) && (up[pid] in within)) { within[pid] = 1; grown = 1 }
  } while (grown)
}
function sockets(  pid, words, line, from, parts, inode, wanted, file, mine, text) {
  split("", mine); split("", wanted); split("", text)
  words = ""
  for (pid in within)
    if (pid == root || names[pid] ~ /^(go|git|ssh|debuginfod-find)/) { words = words " /proc/" pid "/fd/*"; text[pid] = "" }
  words = "ls -ld" words " 2>/dev/null"
  while ((words | getline line) > 0) {
    if (!match(line, /\\/proc\\/[0-9]+\\/fd\\/[0-9]+ -> socket:\\[[0-9]+\\]$/)) continue
    split(substr(line, RSTART + 6), parts, "[][/]")
    text[parts[1]] = text[parts[1]] " " parts[4]
    if (parts[1] == root) mine[parts[4]] = 1
    else { wanted[parts[4]] = 1; from = parts[1] }
  }
  close(words)
  seen = ""
  for (pid in text) seen = seen "f " pid text[pid] "\\n"
  for (inode in wanted) if (inode in mine) delete wanted[inode]
  for (inode in wanted) {
    for (file = 4; file <= 6; file += 2) {
      words = "/proc/" from "/net/tcp" (file == 4 ? "" : "6")
      while ((getline line < words) > 0) if (split(line, parts, " ") > 9 && (parts[10] in wanted)) { sub(/^ +/, "", line); seen = seen "n " line "\\n" }
      close(words)
    }
    break
  }
}
function tools(  pid, words, line) {
  words = ""
  for (pid in within)
    if (!(pid in told) && names[pid] ~ /^(go|compile|link|asm|vet|cgo|git|git-.*|gcc|cc|cc1|cc1plus|g[+][+]|clang|as|ld|collect2|ssh|debuginfod-find)$/) {
      told[pid] = 1
      words = words " " pid
    }
  if (words == "") return
  words = "for p in" words "; do printf \\"a $p \\"; tr \\"\\\\000\\\\n\\" \\"\\\\037 \\" </proc/$p/cmdline | head -c 4000; echo; done 2>/dev/null"
  while ((words | getline line) > 0) print line
  close(words)
}
BEGIN {
  for (tick = 0; first("/proc/" root "/stat") != ""; tick++) {
    tree()
    out = ""
    for (pid in within) {
      out = out "s " pid " " stats[pid] "\\n"
      if (names[pid] ~ /^(compile|asm|cc1|cc1plus|as)$/) continue
      out = out "i " pid " " all("/proc/" pid "/io", ".") "\\nw " pid " " first("/proc/" pid "/wchan") "\\n"
      line = all("/proc/" pid "/status", "^TracerPid:")
      sub(/^TracerPid:[^0-9]*/, "", line)
      out = out "t " pid " " line "\\n"
    }
    pause = tick < 50 ? 0.1 : tick < 250 ? 0.25 : 1
    if (tick % int(1 / pause) == 0) sockets()
    out = out seen
    tools()
    if (out != last) printf "%s", out
    last = out
    print "."
    fflush()
    if (system("sleep " pause " 2>/dev/null") != 0) system("sleep 1")
  }
}
`;
