/** ELF's machine numbers (elf.h) by what uname -m says; a 64-bit x86 kernel runs 32-bit programs too. */
export const elfMachines: Readonly<Record<string, readonly number[]>> = {
  x86_64: [62, 3],
  i686: [3],
  aarch64: [183],
  ppc64le: [21],
  riscv64: [243],
  loongarch64: [258],
};

const names: Readonly<Record<number, string>> = {
  3: "386",
  8: "mips",
  21: "ppc64",
  22: "s390x",
  40: "arm",
  62: "amd64",
  183: "arm64",
  243: "riscv64",
  258: "loong64",
};

/** The processor of an ELF machine number as GOARCH names it, or the number itself. */
export function elfMachineName(machine: number): string {
  return names[machine] ?? `ELF machine ${machine}`;
}
