# Starts its own: a real swtpm that makes keys, NV indices and policies, and the service that takes its state over.
source "$here/own_service.sh"

SYSTEM_SWTPM=$(command -v swtpm)

tidy() {
  cat service.log
  if [ -f swtpm.pid ]; then kill -TERM "$(cat swtpm.pid)"; fi
  stop
}

# old_start [OPTION...]: Debian's swtpm, whatever PATH says first.
old_start() {
  OLD_PORT=$(free_ports)
  mkdir -p old
  "$SYSTEM_SWTPM" socket --tpm2 --tpmstate "${OLD_STATE:-dir=old}" --server "type=tcp,port=$OLD_PORT" \
    --ctrl "type=tcp,port=$((OLD_PORT + 1))" --flags not-need-init --pid file=swtpm.pid "$@" </dev/null >>swtpm.out 2>&1 &
  wait_for 20 test -s swtpm.pid
  wait_for 20 listening "$OLD_PORT"
  export TPM2TOOLS_TCTI="swtpm:host=127.0.0.1,port=$OLD_PORT"
}

old_stop() {
  local pid
  pid=$(cat swtpm.pid)
  kill -TERM "$pid"
  wait_for 20 gone "$pid"
  rm -f swtpm.pid
}

# take_over NAME DIR [OPTION...]: imports and starts it up.
take_over() {
  local port
  port=$(free_ports)
  find "$2" -type f -exec sha256sum {} + >original
  ctl import-swtpm "$@" --mssim "$port"
  sha256sum --quiet -c original
  export TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$port"
  wait_for 10 listening "$port"
  client power-cycle
  tpm2_startup -c
}

# What a tenant has: an EK and SRK made persistent, a signing key, sealed data under a PCR policy, NV indices, authorizations.
furnish() {
  tpm2_startup -c
  tpm2_createek -Q -G rsa -c 0x81010001 -u ek.before
  tpm2_createprimary -Q -C o -G rsa2048 -c srk.ctx
  tpm2_readpublic -Q -c srk.ctx -n srk.before
  tpm2_evictcontrol -Q -C o -c srk.ctx 0x81000001
  tpm2_create -Q -C 0x81000001 -G ecc256:ecdsa -p signpw -u sign.pub -r sign.priv
  tpm2_load -Q -C 0x81000001 -u sign.pub -r sign.priv -c sign.ctx
  tpm2_evictcontrol -Q -C o -c sign.ctx 0x81000002
  tpm2_readpublic -Q -c 0x81000002 -f pem -o sign.pem
  tpm2_pcrextend "8:sha256=$(printf one | digest sha256)"
  tpm2_createpolicy -Q --policy-pcr -l sha256:8 -L pcr.policy
  printf 'sealed secret' | tpm2_create -Q -C 0x81000001 -L pcr.policy -i - -u seal.pub -r seal.priv
  tpm2_nvdefine -Q -C o 0x1500001 -s 16 -a "authread|authwrite|no_da" -p nvpw
  printf 0123456789abcdef | tpm2_nvwrite -Q 0x1500001 -C 0x1500001 -P nvpw -i -
  tpm2_nvdefine -Q -C o 0x1500002 -a "nt=counter|ownerread|ownerwrite"
  tpm2_nvincrement -Q 0x1500002 -C o
  tpm2_nvincrement -Q 0x1500002 -C o
  tpm2_dictionarylockout -s -n 7 -t 321 -l 654
  tpm2_changeauth -Q -c e endpw
  command tpm2_createprimary -Q -C o -G ecc -c saved.ctx
  flush
  tpm2_changeauth -Q -c o ownerpw
}

check() {
  local capability
  tpm2_readpublic -Q -c 0x81010001 -o ek.after
  expect_file "EK" ek.before ek.after
  tpm2_createek -Q -G rsa -c ek.ctx -u ek.again -P endpw -w ownerpw
  expect_file "EK made anew" ek.before ek.again
  tpm2_createprimary -Q -C o -P ownerpw -G rsa2048 -c srk.ctx
  tpm2_readpublic -Q -c srk.ctx -n srk.after
  expect_file "SRK made anew" srk.before srk.after
  printf message >message
  tpm2_sign -Q -c 0x81000002 -p signpw -g sha256 -f plain -o signature message
  openssl dgst -sha256 -verify sign.pem -signature signature message
  expect_rc 0x98e tpm2_sign -Q -c 0x81000002 -p wrong -g sha256 -f plain -o refused message
  tpm2_pcrextend "8:sha256=$(printf one | digest sha256)"
  tpm2_load -Q -C 0x81000001 -u seal.pub -r seal.priv -c seal.ctx
  expect_equal "unsealed" "sealed secret" "$(tpm2_unseal -c seal.ctx -p pcr:sha256:8)"
  expect_equal "NV data" 0123456789abcdef "$(tpm2_nvread 0x1500001 -C 0x1500001 -P nvpw)"
  tpm2_nvincrement -Q 0x1500002 -C o -P ownerpw
  expect_equal "counter" 0000000000000003 "$(tpm2_nvread 0x1500002 -C o -P ownerpw | hex)"
  capability=$(tpm2_getcap properties-variable)
  expect_match "maxTries" "MAX_AUTH_FAIL: 0x7" "$capability"
  expect_match "recovery" "LOCKOUT_INTERVAL: 0x141" "$capability"
  expect_match "lockout recovery" "LOCKOUT_RECOVERY: 0x28E" "$capability"
  # A context that the old TPM saved: TPM_RC_INTEGRITY.
  expect_rc 0x1df tpm2_readpublic -Q -c saved.ctx
}

case_what_a_tenant_made_with_swtpm_is_all_there() {
  old_start
  furnish
  tpm2_shutdown -c
  old_stop
  serve
  take_over guest old
  check
  stop
  serve
  wait_for 10 listening "${TPM2TOOLS_TCTI##*=}"
  client power-cycle
  tpm2_startup -c
  expect_equal "NV data" 0123456789abcdef "$(tpm2_nvread 0x1500001 -C 0x1500001 -P nvpw)"
  stop
}

case_a_linear_file_is_taken_over_too() {
  : >linear
  OLD_STATE=backend-uri=file://$PWD/linear old_start
  furnish
  tpm2_shutdown -c
  old_stop
  serve
  take_over guest linear
  check
  stop
}

case_an_encrypted_state_needs_its_passphrase() {
  printf 'secret pass' >password
  old_start --key pwdfile=password,mode=aes-256-cbc
  furnish
  tpm2_shutdown -c
  old_stop
  serve
  expect_failure ctl import-swtpm guest old 2>errors
  expect_match "without a key" "it is encrypted, and no key was given" "$(cat errors)"
  printf wrong >wrong
  expect_failure ctl import-swtpm guest old --pwdfile wrong 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_equal "instances" 1 "$(ctl list | wc -l)"
  take_over guest old --pwdfile password
  check
  ctl destroy guest
  take_over guest old --key pwdfile=password,mode=aes-256-cbc
  stop
}

case_a_state_in_use_or_damaged_is_refused_in_one_line() {
  old_start
  tpm2_startup -c
  serve
  expect_failure ctl import-swtpm guest old 2>errors
  expect_match "swtpm runs" "in use by a running swtpm" "$(cat errors)"
  old_stop
  cp -r old cut
  truncate -s -100 cut/tpm2-00.permall
  expect_failure ctl import-swtpm guest cut 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_match "cut off" "should have" "$(cat errors)"
  cp -r old newer
  # The version and the lowest reader of PERMANENT_ALL, behind the header and the value's tag and length.
  printf '\x00\x63' | dd of=newer/tpm2-00.permall bs=1 seek=16 conv=notrunc status=none
  printf '\x00\x63' | dd of=newer/tpm2-00.permall bs=1 seek=22 conv=notrunc status=none
  expect_failure ctl import-swtpm guest newer 2>errors
  expect_match "newer" "version 99" "$(cat errors)"
  expect_failure ctl import-swtpm guest nowhere 2>errors
  expect_equal "lines" 1 "$(wc -l <errors)"
  expect_equal "instances" 1 "$(ctl list | wc -l)"
  take_over guest old
  expect_equal "NV indices" "" "$(tpm2_getcap handles-nv-index)"
  stop
}

case_a_crashed_swtpm_counts_its_orderly_counter_on() {
  old_start
  tpm2_startup -c
  tpm2_nvdefine -Q -C o 0x1500003 -a "nt=counter|ownerread|ownerwrite|orderly"
  tpm2_nvincrement -Q 0x1500003 -C o
  kill -KILL "$(cat swtpm.pid)"
  wait_for 10 gone "$(cat swtpm.pid)"
  rm -f swtpm.pid
  serve
  take_over guest old
  expect_equal "counter" 00000000000000ff "$(tpm2_nvread 0x1500003 -C o | hex)"
  stop
}
