# Dictionary attack protection.

setup() {
  make_storage_primary
  tpm2_create -Q -C primary.ctx -G ecc -p secret -u key.pub -r key.priv
  tpm2_load -Q -C primary.ctx -u key.pub -r key.priv -c key.ctx
  tpm2_create -Q -C primary.ctx -G ecc -p secret -c exempt.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign|noda"
  echo data >data
}

property() { tpm2_getcap properties-variable | sed -n "s/^ *TPM2_PT_$1: *//p"; }
sign() { tpm2_sign -Q -c ../$1.ctx -p "$2" -g sha256 -o signature ../data; }

case_failures_are_counted_and_lock_out() {
  tpm2_dictionarylockout -s -n 3 -t 1000 -l 1000
  sign key secret
  for failures in 1 2 3; do
    expect_rc 0x98e sign key wrong
    expect_equal "lockout counter" "$(printf 0x%X $failures)" "$(property LOCKOUT_COUNTER)"
  done
  expect_rc 0x921 sign key wrong
  expect_rc 0x921 sign key secret
  expect_match "permanent attributes" 'inLockout: +1' "$(tpm2_getcap properties-variable)"
  tpm2_dictionarylockout -c
  sign key secret
}

case_exempt_keys_and_hierarchies_are_not_counted() {
  tpm2_dictionarylockout -s -n 2 -t 1000 -l 1000
  for _ in 1 2 3 4; do
    expect_rc 0x9a2 sign exempt wrong
    expect_rc 0x9a2 tpm2_createprimary -C o -P wrong -G ecc -c key.ctx
  done
  expect_equal "lockout counter" 0x0 "$(property LOCKOUT_COUNTER)"
  sign key secret
}

case_exempt_keys_work_during_lockout() {
  tpm2_dictionarylockout -s -n 1 -t 1000 -l 1000
  expect_rc 0x98e sign key wrong
  expect_rc 0x921 sign key secret
  sign exempt secret
  tpm2_dictionarylockout -c
}

case_the_parameters_are_read_back() {
  tpm2_dictionarylockout -s -n 7 -t 77 -l 777
  expect_equal "maxTries" 0x7 "$(property MAX_AUTH_FAIL)"
  expect_equal "recoveryTime" 0x4D "$(property LOCKOUT_INTERVAL)"
  expect_equal "lockoutRecovery" 0x309 "$(property LOCKOUT_RECOVERY)"
}

case_failures_heal_with_time() {
  tpm2_dictionarylockout -s -n 5 -t 1 -l 1000
  expect_rc 0x98e sign key wrong
  wait_for 5 healed
}

healed() { [ "$(property LOCKOUT_COUNTER)" = 0x0 ]; }

case_the_counter_survives_a_reset() {
  tpm2_dictionarylockout -s -n 10 -t 10000 -l 1000
  expect_rc 0x98e sign key wrong
  expect_rc 0x98e sign key wrong
  tpm_reset
  expect_equal "lockout counter" 0x2 "$(property LOCKOUT_COUNTER)"
  tpm2_dictionarylockout -c
  tpm2_createprimary -Q -C o -g sha256 -G ecc256 -c ../primary.ctx
  tpm2_load -Q -C ../primary.ctx -u ../key.pub -r ../key.priv -c ../key.ctx
}

case_one_wrong_lockout_auth_closes_it() {
  tpm2_dictionarylockout -s -n 3 -t 1000 -l 1
  tpm2_changeauth -c l lockout
  expect_rc 0x98e tpm2_dictionarylockout -c -p wrong
  expect_rc 0x921 tpm2_dictionarylockout -c -p lockout
  wait_for 5 tpm2_dictionarylockout -c -p lockout
  tpm2_changeauth -c l -p lockout
}
