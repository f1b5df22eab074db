# Hierarchies: their auth values, clear, the clock.

clock_of() { tpm2_readclock | sed -n "s/^ *$1: *//p"; }

case_the_auth_value_of_a_hierarchy_changes() {
  for hierarchy in o e p; do
    tpm2_changeauth -c $hierarchy secret
    expect_rc 0x9a2 tpm2_createprimary -C $hierarchy -G ecc -c key.ctx
    expect_rc 0x9a2 tpm2_createprimary -C $hierarchy -P wrong -G ecc -c key.ctx
    tpm2_createprimary -Q -C $hierarchy -P secret -G ecc -c key.ctx
    tpm2_changeauth -c $hierarchy -p secret
    tpm2_createprimary -Q -C $hierarchy -G ecc -c key.ctx
  done
}

case_auth_values_of_owner_and_endorsement_survive_a_reset_the_platform_s_does_not() {
  tpm2_changeauth -c o owner
  tpm2_changeauth -c e endorsement
  tpm2_changeauth -c p platform
  tpm_reset
  tpm2_createprimary -Q -C o -P owner -G ecc -c key.ctx
  tpm2_createprimary -Q -C e -P endorsement -G ecc -c key.ctx
  tpm2_createprimary -Q -C p -G ecc -c key.ctx
  tpm2_changeauth -c o -p owner
  tpm2_changeauth -c e -p endorsement
}

case_clear_removes_what_the_owner_had() {
  local before
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  before=$(tpm2_readpublic -c key.ctx | grep -A1 '^name')
  tpm2_evictcontrol -Q -C o -c key.ctx 0x81000001
  tpm2_nvdefine -Q -C o 0x1500001 -s 4 -a "ownerread|ownerwrite"
  tpm2_nvdefine -Q -C p 0x1500002 -s 4 -a "ppread|ppwrite|platformcreate"
  tpm2_changeauth -c o secret
  tpm2_changeauth -c l lockout
  tpm2_clear -c l lockout
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  expect_differ "primary key" "$before" "$(tpm2_readpublic -c key.ctx | grep -A1 '^name')"
  expect_match "auth values" 'ownerAuthSet: +0' "$(tpm2_getcap properties-variable)"
  expect_match "auth values" 'lockoutAuthSet: +0' "$(tpm2_getcap properties-variable)"
  expect_equal "persistent objects" "" "$(tpm2_getcap handles-persistent)"
  expect_equal "indices" "- 0x1500002" "$(tpm2_getcap handles-nv-index)"
  tpm2_nvundefine -Q -C p 0x1500002
}

case_clear_leaves_the_endorsement_seed_and_the_platform() {
  tpm2_createek -Q -G ecc -c ek.ctx -u before.pub
  tpm2_clear -c p
  tpm2_createek -Q -G ecc -c ek.ctx -u after.pub
  expect_file "endorsement key" before.pub after.pub
}

case_clear_can_be_forbidden_by_the_owner_of_the_platform() {
  tpm2_clearcontrol -C p s
  expect_rc 0x120 tpm2_clear -c l
  tpm2_clearcontrol -C p c
  tpm2_clear -c l
}

case_a_hierarchy_that_is_switched_off_answers_hierarchy() {
  tpm2_hierarchycontrol -C p shEnable clear
  expect_rc 0x185 tpm2_createprimary -C o -G ecc -c key.ctx
  tpm2_createprimary -Q -C e -G ecc -c key.ctx
  tpm_reset
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
}

case_clock_and_time_go_on() {
  local first second
  first=$(clock_of clock) && sleep 0.3 && second=$(clock_of clock)
  [ "$second" -ge $((first + 250)) ] || fail "the clock went from $first to $second in 300 ms"
  [ "$second" -le $((first + 5000)) ] || fail "the clock went from $first to $second in 300 ms"
}

case_the_clock_is_set_forwards_only() {
  local now
  now=$(clock_of clock)
  tpm2_setclock -c o $((now + 3600000))
  [ "$(clock_of clock)" -ge $((now + 3600000)) ] || fail "the clock was not set"
  expect_rc 0x1c4 tpm2_setclock -c o $((now + 1000))
}

case_resets_and_restarts_are_counted() {
  local resets restarts
  resets=$(clock_of reset_count) restarts=$(clock_of restart_count)
  tpm_reset
  expect_equal "resetCount" $((resets + 1)) "$(clock_of reset_count)"
  tpm2_shutdown
  client power-cycle
  tpm2_startup --clear
  expect_equal "restartCount" 1 "$(clock_of restart_count)"
  expect_equal "resetCount" $((resets + 1)) "$(clock_of reset_count)"
}

case_an_orderly_shutdown_keeps_the_clock_safe() {
  tpm_reset
  expect_equal "safe" yes "$(clock_of safe)"
}
