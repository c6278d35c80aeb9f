/**
 * sh functions that find the control groups of a process. `group PID CONTROLLER` sets $version, $base and $dir: the
 * hierarchy's version (1 or 2), where it is mounted here, and the process's own group in it; it fails where there is none.
 * `levels` then prints that directory and each above it, up to where this machine or container sees no further.
 *
 * A controller may sit in a hierarchy of its own (version 1) while a unified one is mounted beside it without it, so
 * version 1 is looked for first (cgroups(7)). In a container a path may begin with what the mount calls its root.
 */
export const cgroupFunctions = `
group() {
  found=$(awk -v c="$2" '
    FILENAME ~ /cgroup$/ {
      split($0, field, ":"); path = $0; sub(/^[^:]*:[^:]*:/, "", path)
      if (index("," field[2] ",", "," c ",")) old = path
      if (field[1] == "0") unified = path
      next
    }
    {
      for (i = 7; i <= NF && $i != "-"; i++);
      if ($(i + 1) == "cgroup" && old != "" && index("," $(i + 3) ",", "," c ",") && oldbase == "") { oldbase = $5; oldroot = $4 }
      if ($(i + 1) == "cgroup2" && newbase == "") { newbase = $5; newroot = $4 }
    }
    END {
      if (oldbase != "") { v = 1; base = oldbase; root = oldroot; path = old }
      else if (newbase != "") { v = 2; base = newbase; root = newroot; path = unified }
      else exit 1
      if (root != "/") path = index(path, root) == 1 ? substr(path, length(root) + 1) : ""
      sub(/\\/$/, "", path)
      print v, base, base path
    }' "/proc/$1/cgroup" /proc/self/mountinfo 2>/dev/null) || return 1
  read -r version base dir <<EOT
$found
EOT
  [ -d "$dir" ] || dir=$base
}
levels() {
  at=$dir
  while :; do
    echo "$at"
    [ "$at" != "$base" ] && [ "\${at%/*}" != "$at" ] || break
    at=\${at%/*}
  done
}
`;
