# Start-up, shutdown, self test, capabilities.

startup_clear=80010000000c000001440000
startup_state=80010000000c000001440001

case_a_second_startup_answers_initialize() {
  expect_equal "response code" 0x00000100 "$(response_code $startup_clear)"
}

case_commands_before_startup_answer_initialize() {
  tpm2_shutdown --clear
  client power-cycle
  expect_rc 0x100 tpm2_getrandom 8
  expect_rc 0x100 tpm2_pcrread sha256:0
  expect_equal "TPM2_Startup(CLEAR)" 0x00000000 "$(response_code $startup_clear)"
  tpm2_getrandom 8 --hex
}

case_startup_state_needs_a_shutdown_state_before() {
  tpm2_shutdown --clear
  client power-cycle
  expect_equal "TPM2_Startup(STATE)" 0x000001c4 "$(response_code $startup_state)"
  tpm2_startup --clear
}

case_shutdown_state_and_startup_state_keep_pcrs_and_sessions_saved() {
  tpm2_pcrextend "10:sha256=$(digest sha256 <<<event)"
  local before
  before=$(pcr sha256 10)
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  tpm2_shutdown
  client power-cycle
  expect_equal "TPM2_Startup(STATE)" 0x00000000 "$(response_code $startup_state)"
  expect_equal "PCR 10" "$before" "$(pcr sha256 10)"
  tpm2_readpublic -c key.ctx
}

case_a_tpm_reset_clears_pcrs_and_makes_saved_contexts_stale() {
  tpm2_pcrextend "10:sha256=$(digest sha256 <<<event)"
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  tpm_reset
  expect_equal "PCR 10" "$(printf '0%.0s' {1..64})" "$(pcr sha256 10)"
  expect_failure tpm2_readpublic -c key.ctx
}

case_startup_with_a_wrong_type_answers_value() {
  tpm2_shutdown --clear
  client power-cycle
  expect_equal "TPM2_Startup(2)" 0x000001c4 "$(response_code 80010000000c000001440002)"
  tpm2_startup --clear
}

case_self_tests_pass() {
  tpm2_selftest
  tpm2_selftest --fulltest
  expect_match "test result" "status:.*success" "$(tpm2_gettestresult)"
  tpm2_incrementalselftest rsa ecc hmac sha256
}

case_fixed_properties_say_tpm_2_0() {
  tpm2_getcap properties-fixed >properties
  expect_match "family" 'TPM2_PT_FAMILY_INDICATOR' "$(cat properties)"
  expect_match "family" '"2.0"' "$(grep -A2 FAMILY_INDICATOR properties)"
  expect_match "manufacturer" '[A-Z]{3,4}' "$(grep -A2 PT_MANUFACTURER properties)"
  expect_match "largest digest is SHA-512" '0x40' "$(grep -A1 PT_MAX_DIGEST properties)"
  expect_match "PCRs" 'raw: 0x18' "$(grep -A1 PT_PCR_COUNT properties)"
}

case_variable_properties_say_what_is_loaded() {
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  tpm2_getcap properties-variable >properties
  expect_match "owner auth" 'ownerAuthSet: +0' "$(cat properties)"
  expect_match "orderly" 'orderly: +1' "$(cat properties)"
  expect_match "loaded sessions" 'TPM2_PT_HR_LOADED: 0x0' "$(cat properties)"
}

case_algorithms_banks_and_curves_are_listed() {
  tpm2_getcap algorithms >algorithms
  for algorithm in rsa sha1 sha256 sha384 sha512 hmac aes keyedhash ecc ecdsa rsassa rsapss rsaes oaep cfb symcipher; do
    expect_match "algorithms" "^$algorithm:" "$(cat algorithms)"
  done
  tpm2_getcap pcrs >banks
  for bank in sha1 sha256 sha384 sha512; do
    expect_match "banks" "$bank: *\[ *0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23" "$(cat banks)"
  done
  tpm2_getcap ecc-curves >curves
  for curve in 0x3 0x4 0x5; do
    expect_match "curves" ": $curve\$" "$(cat curves)"
  done
}

case_handles_are_listed_by_kind() {
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  tpm2_evictcontrol -Q -C o -c key.ctx 0x81000010
  expect_match "persistent handles" '0x81000010' "$(tpm2_getcap handles-persistent)"
  expect_match "permanent handles" '0x4000000A' "$(tpm2_getcap handles-permanent)"
  expect_match "PCR handles" '0x17' "$(tpm2_getcap handles-pcr)"
  tpm2_evictcontrol -Q -C o -c 0x81000010
  expect_equal "persistent handles" "" "$(tpm2_getcap handles-persistent)"
}

case_listed_commands_are_the_ones_that_answer() {
  tpm2_getcap commands | sed -n 's/^ *commandIndex: *//p' | sed 's/^0x/0x/' | tr A-F a-f | sort >listed
  client command-codes 11f 1bf | sort >answered
  expect_file "commands" listed answered
}

case_test_parms_tells_what_is_supported() {
  tpm2_testparms rsa2048
  tpm2_testparms rsa3072
  tpm2_testparms ecc384:ecdsa-sha384
  tpm2_testparms aes256cfb
  expect_failure tpm2_testparms rsa1000
}

case_malformed_commands_get_the_code_of_the_specification() {
  expect_equal "a tag of no command" 0x0000001e "$(response_code 80140000000c0000017b0010)"
  expect_equal "a parameter missing" 0x000001da "$(response_code 80010000000a0000017b)"
  expect_equal "a byte too many" 0x00000095 "$(response_code 80010000000d0000017b001000)"
  expect_equal "a command that does not exist" 0x00000143 "$(response_code 80010000000a000001ff)"
  expect_equal "a command of a vendor" 0x00000143 "$(response_code 80010000000a20000001)"
  expect_equal "an authorisation where none may be" 0x00000145 \
    "$(response_code 80020000001b000001650000000940000009000000000080000000)"
  expect_equal "an authorisation missing" 0x00000125 "$(response_code 80010000000e0000013d00000010)"
  expect_equal "a handle of no kind" 0x00000184 "$(response_code 80010000000e00000173ff000000)"
  expect_equal "an object that is not loaded" 0x00000910 "$(response_code 80010000000e0000017380000000)"
  expect_equal "a persistent object that is not there" 0x0000018b "$(response_code 80010000000e0000017381000099)"
}
