# Starts its own: the service with host keys from everywhere, and changes of the host key while it runs.
source "$here/own_service.sh"

new_key() { (umask 077 && head -c 32 /dev/urandom >"$1"); }

# refuses OPTION...: the service does not start with these, and says why in a line.
refuses() {
  local status=0
  timeout 60 "$VTPMD" serve --state-dir state --run-dir run "$@" >refused.log 2>refused.err || status=$?
  expect_equal "exit status" 1 $status
  expect_equal "lines" 1 "$(wc -l <refused.err)"
}

# A guest with something in its TPM, that stays on all the time.
guest() {
  PORT=$(free_ports)
  new guest "$PORT"
  export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$PORT"
  wait_for 10 listening "$PORT"
  client power-cycle
  tpm2_startup -c
  tpm2_nvdefine -Q -C o 0x1500001 -a "nt=counter|ownerread|ownerwrite"
  tpm2_nvincrement -Q 0x1500001 -C o
}

count() {
  tpm2_nvincrement -Q 0x1500001 -C o
  expect_equal "counter" "$1" "$(tpm2_nvread 0x1500001 -C o | hex | sed 's/^0*//')"
}

again() {
  wait_for 10 listening "$PORT"
  client power-cycle
  tpm2_startup -c
}

case_the_host_key_moves_from_each_source_to_the_next_while_a_guest_runs() {
  new_key one
  new_key two
  (umask 077 && printf 'a passphrase\n' >word && openssl rand -hex 32 >three)
  mkdir credentials
  new_key credentials/host-key
  (umask 077 && printf 'another passphrase' >credentials/word)
  serve
  guest
  ctl rekey --key-source file:one
  count 2
  stop
  refuses
  serve --key-file one
  again
  count 3
  ctl rekey --key-source fd:9 9<two
  count 4
  stop
  refuses --key-source file:one
  serve --key-source fd:9 9<two
  again
  count 5
  ctl rekey --key-source passphrase-file:word
  stop
  serve --key-source passphrase-file:word
  again
  count 6
  CREDENTIALS_DIRECTORY=$PWD/credentials ctl rekey --key-source credential:host-key
  stop
  CREDENTIALS_DIRECTORY=$PWD/credentials serve --key-source credential:host-key
  again
  count 7
  CREDENTIALS_DIRECTORY=$PWD/credentials ctl rekey --key-source passphrase-credential:word
  stop
  CREDENTIALS_DIRECTORY=$PWD/credentials serve --key-source passphrase-credential:word
  again
  count 8
  ctl rekey --key-source file:three
  stop
  refuses --key-source passphrase-file:word
  serve --key-source file:three
  again
  count 9
  stop
}

case_what_is_no_key_changes_nothing() {
  new_key one
  (umask 077 && head -c 31 /dev/urandom >short && : >empty)
  serve --key-file one
  guest
  # The audit log tells of the attempts.
  find state -type f -not -name lock -not -name audit.log -exec sha256sum {} + >before
  mistake() {
    expect_failure ctl rekey "$@" 2>errors
    expect_equal "lines" 1 "$(wc -l <errors)"
  }
  mistake --key-source file:short
  mistake --key-source file:empty
  mistake --key-source file:nowhere
  mistake --key-source fd:77
  mistake --key-source credential:none
  mistake --key-source nonsense
  mistake
  chmod 644 short
  mistake --key-source file:short
  sha256sum --quiet -c before
  count 2
  stop
}

# The change of 60 instances is killed on its way; either key completes it.
case_a_change_that_kill_9_interrupts_is_completed_with_either_key() {
  local n key attempt
  new_key one
  new_key two
  new_key three
  serve --key-file one
  guest
  for n in $(seq 60); do
    api POST /v1/instances "{\"name\":\"other$n\"}"
  done
  stop
  cp -a state whole
  for key in one two; do
    # The change may be over before the signal comes: then again.
    for attempt in 1 2 3 4 5; do
      rm -rf state
      cp -a whole state
      serve --key-file one
      ctl rekey --key-source file:two 2>/dev/null &
      python3 - "$(cat service.pid)" <<'PYTHON'
import os, signal, sys, time
deadline = time.monotonic() + 30
while not os.path.exists("state/rekey") and time.monotonic() < deadline:
    pass
time.sleep(0.005)
os.kill(int(sys.argv[1]), signal.SIGKILL)
PYTHON
      wait_for 10 gone "$(cat service.pid)"
      wait %% || true
      [ ! -f state/rekey ] || break
    done
    [ -f state/rekey ] || fail "the change was over each time"
    refuses --key-file three
    serve --key-file "$key"
    expect_match "log" "completing the interrupted change" "$(cat service.log)"
    [ ! -e state/rekey ] || fail "the change is not complete"
    again
    count 2
    expect_equal "instances" 61 "$(ctl list | grep -Ec 'guest|other')"
    expect_equal "failed ones" 0 "$(ctl list | grep -c failed || true)"
    stop
    refuses --key-file one
    serve --key-file two
    again
    count 3
    stop
  done
}
