# shellcheck shell=bash disable=SC2034,SC2317
#
# Sourced by the host's scripts that boot the test guest: steps and their report, what a boot needs, the service, a boot.
#
# The script that sources it sets root, accel ('' to choose), keep ('' or yes) and peer (vtpmd, or swtpm to compare).
guest=$root/scripts/guest
cache=$root/target/guest
vtpmd=$root/daemon/target/vtpmd/bin/vtpmd

# Not under the project: the path of a unix socket has room for 107 bytes only.
work=$(mktemp -d "${TMPDIR:-/tmp}/vtpmd-guest.XXXXXX")
logs=$work/logs
mkdir "$logs"

# Steps and their report

steps=0
failed=()
where=host

# report ok|FAILED DESCRIPTION DETAIL
report() {
  steps=$((steps + 1))
  [ "$1" = ok ] || failed+=("$where: $2")
  printf '%4d s  %-6s  %-8s  %s%s\n' "$SECONDS" "$1" "$where" "$2" "${3:+ ($3)}"
}

# step DESCRIPTION FUNCTION [ARGUMENT...]: runs the function up to its first command that fails; the last line it
# prints is the detail of the report. Leaves the function's status in $status; not as its own, since `step ... || ...`
# would switch off stopping at the first failure.
step() {
  local description=$1 detail
  shift
  (
    set -e
    "$@"
  ) >"$work/step" 2>&1
  status=$?
  {
    echo "== $description"
    cat "$work/step"
  } >>"$logs/host"
  # Maven colours even what it does not print.
  detail=$(tail -n 1 "$work/step" | sed 's/\x1b\[[0-9;]*m//g')
  if [ $status -eq 0 ]; then
    report ok "$description" "$detail"
  else
    report FAILED "$description" "${detail:-exit status $status}"
  fi
}

# need DESCRIPTION FUNCTION [ARGUMENT...]: a step without which the rest makes no sense
need() {
  step "$@"
  [ "$status" -eq 0 ] || finish
}

finish() {
  trap - EXIT INT TERM
  tpm_stop >/dev/null 2>&1
  [ -n "$keep" ] || find "$work" -mindepth 1 -maxdepth 1 ! -name logs -exec rm -rf {} +
  echo
  if [ ${#failed[@]} -eq 0 ]; then
    echo "$(basename "$0"): all $steps steps ok, in $SECONDS s${accel:+ with $accel}; logs in $logs"
    exit 0
  fi
  echo "$(basename "$0"): ${#failed[@]} of $steps steps FAILED, in $SECONDS s; logs in $logs"
  printf '  %s\n' "${failed[@]}"
  exit 1
}

interrupted() {
  report FAILED "interrupted"
  finish
}

# Getting ready

# packages_installed [PACKAGE...]: what a boot needs, and these
packages_installed() {
  need_packages qemu-system-x86 ovmf busybox-static tpm2-tools libtss2-tcti-device0 cpio zstd mtools fdisk systemd-boot-efi \
    python3 maven "$@"
  qemu-system-x86_64 --version | sed -n '1s/ (.*//p'
}

jdk_found() {
  need_java_25
  java_25
}

built() {
  cd "$root"
  mvn -B -q -ntp -Dmaven.test.skip=true package
  "$vtpmd" --version | head -n 1
}

kernel_there() {
  "$guest/fetch-kernel" "$cache/kernel"
  echo "Linux $(cat "$cache/kernel/version")"
}

# images_built COMMAND-LINE
images_built() {
  "$guest/build-initramfs" "$work/initramfs" "$cache/kernel"
  "$guest/build-esp" "$work/esp.img" "$cache/kernel/vmlinuz" "$work/initramfs" "$1"
}

# Nested KVM is often there but broken, which shows only when a guest runs: a boot without a TPM is the test.
accelerator_chosen() {
  local problem=
  if [ ! -w /dev/kvm ]; then
    problem='no /dev/kvm'
  else
    mkdir -p "$work/trial"
    echo ': nothing but the boot' >"$work/trial/run"
    "$guest/boot" --accel=kvm --timeout=20 --esp="$work/esp.img" --vars="$work/trial-vars.fd" --data="$work/trial" \
      --log="$logs/kvm-trial" 2>&1 || problem="it runs no guest, see $logs/kvm-trial"
  fi
  if [ -z "$problem" ]; then
    echo kvm >"$work/accel"
    echo KVM
  else
    echo tcg >"$work/accel"
    echo "emulation, since KVM does not work: $problem"
  fi
}

# The TPM

vtpmd() {
  "$vtpmd" "$@" --run-dir "$work/run"
}

service_started() {
  [ -s "$work/host.key" ] || (umask 077 && head -c 32 /dev/urandom >"$work/host.key")
  "$vtpmd" serve --state-dir "$work/state" --run-dir "$work/run" --key-file "$work/host.key" >>"$logs/service" 2>&1 &
  echo $! >"$work/service.pid"
  for _ in $(seq 100); do
    kill -0 "$(cat "$work/service.pid")" 2>/dev/null || {
      tail -n 1 "$logs/service"
      return 1
    }
    ! vtpmd list >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  echo "it does not answer; see $logs/service"
  return 1
}

# instance_created NAME
instance_created() {
  vtpmd create "$1"
  vtpmd qemu-args "$1" >"$work/qemu-args"
  cat "$work/qemu-args"
}

# service_stopped SIGNAL
service_stopped() {
  local pid
  pid=$(cat "$work/service.pid")
  kill "-$1" "$pid"
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  echo "it still runs 10 s after SIG$1"
  return 1
}

# service_restarted SIGNAL
service_restarted() {
  service_stopped "$1"
  service_started
  vtpmd list | tail -n 1
}

tpm_stop() {
  [ -s "$work/service.pid" ] && kill "$(cat "$work/service.pid")"
}

# The boots

# boot NAME DISK SCRIPT [QEMU-ARGUMENT...]: the guest runs SCRIPT and reports; 180 s are enough for it to power off
boot() {
  local result description detail qemu_args disk=$2 script=$3
  where=$1
  shift 3
  read -r -d '' -a qemu_args <"$work/qemu-args"
  mkdir -p "$work/data"
  cp "$script" "$work/data/run"
  while IFS=$'\t' read -r result description detail; do
    report "$result" "$description" "$detail"
  done < <(
    "$guest/boot" --accel="$accel" --esp="$disk" --vars="$work/vars.fd" --data="$work/data" --log="$logs/$where" \
      --timeout=180 -- "${qemu_args[@]}" "$@" 2>"$work/boot-errors" ||
      printf 'FAILED\tthe guest boots and powers off\t%s\n' "$(tail -n 1 "$work/boot-errors")"
  )
  where=host
}
