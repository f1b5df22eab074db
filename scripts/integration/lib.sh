# What the integration cases are written in. A theme is a file with functions `case_...`, each a claim about the TPM;
# `run` starts every case in a shell and an empty directory of its own, with `set -euo pipefail`.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
client() { python3 "$here/tpm_client.py" "$@"; }

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# expect_equal WHAT EXPECTED ACTUAL
expect_equal() {
  [ "$2" = "$3" ] || fail "$1: expected $2, got $3"
}

# expect_differ WHAT ONE OTHER
expect_differ() {
  [ "$2" != "$3" ] || fail "$1: expected two values, got $2 twice"
}

# expect_match WHAT EXTENDED-REGEX ACTUAL
expect_match() {
  grep -Eq -- "$2" <<<"$3" || fail "$1: expected something like /$2/, got: $3"
}

# expect_file WHAT EXPECTED-FILE ACTUAL-FILE
expect_file() {
  cmp "$2" "$3" || fail "$1: $2 and $3 differ"
}

# expect_rc CODE COMMAND...: the command fails because the TPM answered with this response code.
expect_rc() {
  local -
  set +x
  local code=$1 output
  shift
  if output=$("$@" 2>&1); then
    fail "expected $code from: $*"
  fi
  printf '%s\n' "$output"
  grep -Eqi -- "\(0x0*${code#0x}\)" <<<"$output" || fail "expected $code from: $*"
}

# peer_answers PEERS-CODE OURS: where Debian's swtpm is known to differ from the specification.
peer_answers() { if [ "$PEER" = swtpm ]; then echo "$1"; else echo "$2"; fi; }

# expect_failure COMMAND...: the command fails, whatever it says.
expect_failure() {
  if "$@"; then
    fail "expected a failure from: $*"
  fi
}

# refuse REGEX COMMAND...: a command of vtpmd fails, and says so in one line and nothing else; its status is in refusal_status.
refuse() {
  local what=$1
  shift
  refusal_status=0
  "$@" >output 2>refusal || refusal_status=$?
  expect_differ "status" 0 $refusal_status
  expect_match "refusal" "$what" "$(cat refusal)"
  expect_equal "lines" 1 "$(wc -l <refusal)"
  expect_equal "output" "" "$(cat output)"
}

# wait_for SECONDS COMMAND...: polls until the command succeeds.
wait_for() {
  local -
  set +x
  local deadline=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    [ $SECONDS -le $deadline ] || return 1
    sleep 0.05
  done
}

gone() { ! kill -0 "$1" 2>/dev/null; }

hex() { xxd -p -c 0 "$@"; }
unhex() { xxd -r -p; }

# digest ALGORITHM: of standard input, in hex, by openssl.
digest() { openssl dgst "-$1" -r | cut -d' ' -f1; }

# pcr BANK INDEX: the value the TPM holds, in lower-case hex.
pcr() {
  tpm2_pcrread "$1:$2" -o pcr.value >/dev/null
  hex pcr.value
}

# extended ALGORITHM OLD-HEX DIGEST-HEX: what PCR_Extend makes of a PCR (Part 1, 17.3).
extended() { printf '%s%s' "$2" "$3" | unhex | digest "$1"; }

# response HEX: the response code of a raw command.
response_code() {
  local response
  response=$(client send "$1")
  echo "0x${response:12:8}"
}

# The tools leave what they load in the TPM when there is no resource manager; these load, so flush after each.
flush() { command tpm2_flushcontext --transient-object; }
for tool in activatecredential certify certifycreation changeauth create createak createek createprimary duplicate \
  encryptdecrypt evictcontrol hash hmac import load loadexternal makecredential policysecret policysigned quote readpublic \
  rsadecrypt rsaencrypt sign startauthsession unseal verifysignature zgen2phase; do
  eval "tpm2_$tool() { local - status=0; set +x; command tpm2_$tool \"\$@\" || status=\$?; flush || true; return \$status; }"
done

# What a case that failed may have left, and the next one should not find. A theme may have its own.
tidy() { tpm2_flushcontext --saved-session && tpm2_flushcontext --loaded-session && tpm2_dictionarylockout -c; }

# The primary key every case of a theme may use: an ECC storage key in the owner hierarchy, made in `setup`.
make_storage_primary() { tpm2_createprimary -Q -C o -g sha256 -G ecc256 -c "$THEME_DIR/primary.ctx"; }
