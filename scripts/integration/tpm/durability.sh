# What survives the end of the process, in order or not.
# Restarts its TPM, so a remote one is left out.

index=0x1500030

setup() {
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  tpm2_evictcontrol -Q -C o -c key.ctx 0x81000040
  tpm2_readpublic -Q -c key.ctx -n key.name
  tpm2_nvdefine -Q -C o 0x1500031 -s 5 -a "ownerread|ownerwrite"
  echo -n hello | tpm2_nvwrite -Q -C o -i - 0x1500031
  tpm2_nvdefine -Q -C o $index -s 8 -a "ownerread|ownerwrite|authread|authwrite|nt=counter|no_da"
  tpm2_nvincrement -Q -C o $index
}

counter() { echo $((16#$(tpm2_nvread -C o -s 8 $index | hex))); }

everything_is_there() {
  expect_equal "data" hello "$(tpm2_nvread -C o -s 5 0x1500031)"
  tpm2_readpublic -Q -c 0x81000040 -n name
  expect_file "persistent key" ../key.name name
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  tpm2_readpublic -Q -c key.ctx -n name
  expect_file "primary key" ../key.name name
}

case_state_survives_an_orderly_end_of_the_process() {
  tpm2_shutdown --clear
  tpm_stop
  tpm_start
  tpm2_startup --clear
  everything_is_there
}

case_state_survives_kill_9() {
  echo -n HELLO | tpm2_nvwrite -Q -C o -i - 0x1500031
  tpm_kill
  tpm_start
  tpm2_startup --clear
  expect_equal "data" HELLO "$(tpm2_nvread -C o -s 5 0x1500031)"
  echo -n hello | tpm2_nvwrite -Q -C o -i - 0x1500031
  everything_is_there
}

case_every_answered_increment_survives_kill_9_under_load() {
  local round before acknowledged after client_pid
  for round in 1 2 3 4; do
    before=$(counter)
    client increment $index >acknowledged &
    client_pid=$!
    wait_for 10 test -s acknowledged
    sleep 0.$((RANDOM % 9 + 1))
    tpm_kill
    wait $client_pid
    acknowledged=$(tail -n 1 acknowledged)
    tpm_start
    tpm2_startup --clear
    after=$(counter)
    echo "round $round: $acknowledged acknowledged, counter from $before to $after"
    # One increment may have been written but not answered.
    [ "$after" -ge $((before + acknowledged)) ] || fail "lost an increment: $before + $acknowledged > $after"
    [ "$after" -le $((before + acknowledged + 1)) ] || fail "gained an increment: $before + $acknowledged + 1 < $after"
  done
  everything_is_there
}

case_sigterm_under_load_loses_nothing_and_leaves_nothing_behind() {
  local before acknowledged after client_pid pid
  before=$(counter)
  client increment $index >acknowledged &
  client_pid=$!
  wait_for 10 test -s acknowledged
  pid=$(peer_pid)
  tpm_stop
  wait $client_pid
  expect_failure listening "$PORT"
  [ ! -e "$THEME_DIR/swtpm.pid" ] || fail "the pid file is still there"
  if [ -d "$WORK/run" ]; then
    expect_equal "sockets left" "" "$(find "$WORK/run" -type s)"
  fi
  acknowledged=$(tail -n 1 acknowledged)
  tpm_start
  tpm2_startup --clear
  after=$(counter)
  if [ "$after" -lt $((before + acknowledged)) ] || [ "$after" -gt $((before + acknowledged + 1)) ]; then
    fail "$before + $acknowledged acknowledged gave $after"
  fi
  everything_is_there
}
