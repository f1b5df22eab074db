# shellcheck shell=dash
#
# Sourced by the scripts that run in the test guest: steps, their report, and the data disk.

# step DESCRIPTION FUNCTION [ARGUMENT...]
#
# Runs the function, stopping at its first command that fails, and reports `ok` or `FAILED` with the last line of what
# it printed. What it writes to stderr goes to the console. Leaves the function's status in
# $status; not as its own, since `step ... || ...` would switch off stopping at the first failure.
step() {
  description=$1
  shift
  echo "== $description" >&2
  (
    set -eu
    "$@"
  ) >/tmp/step
  status=$?
  cat /tmp/step >&2
  detail=$(tail -n 1 /tmp/step)
  if [ $status -eq 0 ]; then
    printf 'ok\t%s\t%s\n' "$description" "$detail" >&3
  else
    printf 'FAILED\t%s\t%s\n' "$description" "${detail:-exit status $status, see the console}" >&3
  fi
}

# Writes /data to the data disk; whole when this returns, so the power may go.
keep() {
  # shellcheck disable=SC2154  # set by init
  tar -c -f "$data" -C /data . && sync
}
