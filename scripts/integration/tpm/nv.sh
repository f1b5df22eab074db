# NV indices: ordinary, counter, bits, extend; reading, writing, locking, authorisation.

index=0x1500016

define() { tpm2_nvdefine -Q -C o "$@"; }
undefine() { tpm2_nvundefine -Q -C o ${1-$index}; }
tidy() { tpm2_nvundefine -Q -C o $index || tpm2_nvundefine -Q -C p $index; }
plain="ownerread|ownerwrite|authread|authwrite"

case_an_ordinary_index_holds_what_was_written() {
  define $index -s 100 -a "$plain"
  head -c 100 /dev/urandom >data
  tpm2_nvwrite -Q -C o -i data $index
  tpm2_nvread -C o -o read $index
  expect_file "data" data read
  echo -n abc | tpm2_nvwrite -Q -C o -i - --offset 50 $index
  expect_equal "three bytes" 616263 "$(tpm2_nvread -C o -s 3 --offset 50 $index | hex)"
  tpm2_nvread -C o -s 50 -o read $index
  head -c 50 data >half
  expect_file "the bytes before" half read
  undefine
}

case_a_large_index_is_written_in_pieces() {
  define $index -s 2048 -a "$plain"
  head -c 2048 /dev/urandom >data
  tpm2_nvwrite -Q -C o -i data $index
  tpm2_nvread -C o -o read $index
  expect_file "data" data read
  undefine
}

case_an_index_not_written_yet_cannot_be_read() {
  define $index -s 8 -a "$plain"
  expect_rc 0x14a tpm2_nvread -C o -s 8 $index
  expect_match "attributes" "friendly: ownerwrite\|authwrite\|ownerread\|authread" "$(tpm2_nvreadpublic $index)"
  echo -n 12345678 | tpm2_nvwrite -Q -C o -i - $index
  expect_match "attributes" "written" "$(tpm2_nvreadpublic $index)"
  undefine
}

case_writing_or_reading_past_the_end_is_refused() {
  define $index -s 8 -a "$plain"
  echo -n 12345678 | tpm2_nvwrite -Q -C o -i - $index
  # TPM2_NV_Read of 8 bytes at offset 4, empty password of the owner.
  expect_equal "reading" 0x00000146 \
    "$(response_code "8002000000230000014e40000001015000160000000940000009000000000000080004")"
  undefine
}

case_an_index_is_defined_once() {
  define $index -s 8 -a "$plain"
  expect_rc 0x14c tpm2_nvdefine -C o $index -s 8 -a "$plain"
  undefine
  expect_rc 0x18b tpm2_nvundefine -C o $index
}

case_a_counter_only_goes_up() {
  local first second
  define $index -s 8 -a "$plain|nt=counter"
  expect_rc 0x14a tpm2_nvread -C o -s 8 $index
  tpm2_nvincrement -Q -C o $index
  first=$((16#$(tpm2_nvread -C o -s 8 $index | hex)))
  tpm2_nvincrement -Q -C o $index
  second=$((16#$(tpm2_nvread -C o -s 8 $index | hex)))
  expect_equal "counter" $((first + 1)) $second
  expect_rc 0x082 bash -c "echo -n 12345678 | tpm2_nvwrite -Q -C o -i - $index"
  undefine
  # A counter defined anew starts above every counter there has been (Part 1, 37.2.4).
  define $index -s 8 -a "$plain|nt=counter"
  tpm2_nvincrement -Q -C o $index
  [ $((16#$(tpm2_nvread -C o -s 8 $index | hex))) -gt $second ] || fail "the counter went back"
  undefine
}

case_bits_are_set_and_stay_set() {
  define $index -s 8 -a "$plain|nt=bits"
  tpm2_nvsetbits -Q -C o -i 0x1 $index
  tpm2_nvsetbits -Q -C o -i 0x8000000000000100 $index
  expect_equal "bits" 8000000000000101 "$(tpm2_nvread -C o -s 8 $index | hex)"
  undefine
}

case_an_extend_index_works_like_a_pcr() {
  local value
  define $index -g sha256 -a "$plain|nt=extend"
  echo one >one && echo two >two
  tpm2_nvextend -Q -C o -i one $index
  tpm2_nvextend -Q -C o -i two $index
  # H(H(0 || one) || two)
  value=$({ head -c 32 /dev/zero && cat one; } | digest sha256)
  value=$({ unhex <<<"$value" && cat two; } | digest sha256)
  expect_equal "value" "$value" "$(tpm2_nvread -C o -s 32 $index | hex)"
  undefine
}

case_the_auth_value_of_an_index_authorises() {
  define $index -s 4 -a "authread|authwrite" -p secret
  echo -n 1234 | tpm2_nvwrite -Q -C $index -P secret -i - $index
  expect_equal "data" 1234 "$(tpm2_nvread -C $index -P secret -s 4 $index)"
  expect_rc 0x98e tpm2_nvread -C $index -P wrong -s 4 $index
  expect_rc 0x149 tpm2_nvread -C o -s 4 $index
  tpm2_dictionarylockout -c
  undefine
}

case_an_index_that_is_exempt_from_dictionary_attack_protection_answers_bad_auth() {
  define $index -s 4 -a "authread|authwrite|no_da" -p secret
  echo -n 1234 | tpm2_nvwrite -Q -C $index -P secret -i - $index
  expect_rc 0x9a2 tpm2_nvread -C $index -P wrong -s 4 $index
  undefine
}

case_a_policy_authorises_writing() {
  tpm2_startauthsession -S trial.ctx
  tpm2_policycommandcode -S trial.ctx -L write.policy TPM2_CC_NV_Write
  tpm2_flushcontext trial.ctx
  define $index -s 4 -a "authread|policywrite" -L write.policy
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policycommandcode -S session.ctx TPM2_CC_NV_Write
  echo -n 1234 | tpm2_nvwrite -Q -C $index -P session:session.ctx -i - $index
  tpm2_flushcontext session.ctx
  expect_equal "data" 1234 "$(tpm2_nvread -C $index -s 4 $index)"
  expect_failure bash -c "echo -n 1234 | tpm2_nvwrite -C $index -i - $index"
  undefine
}

case_a_write_lock_holds_until_the_next_reset() {
  define $index -s 4 -a "$plain|write_stclear"
  echo -n 1234 | tpm2_nvwrite -Q -C o -i - $index
  tpm2_nvwritelock -C o $index
  expect_rc 0x148 bash -c "echo -n 5678 | tpm2_nvwrite -C o -i - $index"
  tpm_reset
  echo -n 5678 | tpm2_nvwrite -Q -C o -i - $index
  expect_equal "data" 5678 "$(tpm2_nvread -C o -s 4 $index)"
  undefine
}

case_a_write_define_lock_holds_for_ever() {
  define $index -s 4 -a "$plain|writedefine"
  echo -n 1234 | tpm2_nvwrite -Q -C o -i - $index
  tpm2_nvwritelock -C o $index
  tpm_reset
  expect_rc 0x148 bash -c "echo -n 5678 | tpm2_nvwrite -C o -i - $index"
  undefine
}

case_a_read_lock_holds_until_the_next_reset() {
  define $index -s 4 -a "$plain|read_stclear"
  echo -n 1234 | tpm2_nvwrite -Q -C o -i - $index
  tpm2_nvreadlock -C o $index
  expect_rc 0x148 tpm2_nvread -C o -s 4 $index
  tpm_reset
  expect_equal "data" 1234 "$(tpm2_nvread -C o -s 4 $index)"
  undefine
}

case_the_platform_has_indices_of_its_own() {
  tpm2_nvdefine -Q -C p $index -s 4 -a "ppread|ppwrite|authread|platformcreate"
  echo -n 1234 | tpm2_nvwrite -Q -C p -i - $index
  expect_equal "data" 1234 "$(tpm2_nvread -C $index -s 4 $index)"
  expect_rc 0x149 bash -c "echo -n 5678 | tpm2_nvwrite -C o -i - $index"
  tpm2_nvundefine -Q -C p $index
}

case_contradicting_attributes_are_refused() {
  expect_rc 0x2c2 tpm2_nvdefine -C o $index -s 8 -a "ownerread"
  expect_rc 0x2c2 tpm2_nvdefine -C o $index -s 8 -a "ownerwrite"
}

case_indices_are_listed_and_survive_a_reset() {
  define 0x1500020 -s 4 -a "$plain"
  define 0x1500021 -s 4 -a "$plain"
  echo -n 1234 | tpm2_nvwrite -Q -C o -i - 0x1500020
  tpm_reset
  expect_equal "indices" "0x1500020 0x1500021" "$(tpm2_getcap handles-nv-index | grep -o '0x[0-9A-Fa-f]*' | xargs)"
  expect_equal "data" 1234 "$(tpm2_nvread -C o -s 4 0x1500020)"
  undefine 0x1500020
  undefine 0x1500021
}

case_the_name_of_an_index_is_the_digest_of_its_public_area() {
  define $index -s 4 -a "$plain"
  # TPMS_NV_PUBLIC: index, nameAlg, attributes, policy, size.
  # TPMA_NV: owner and auth value may write (bits 1, 2) and read (bits 17, 18).
  expect_match "name" "000b$(unhex <<<01500016000b0006000600000004 | digest sha256)" \
    "$(tpm2_nvreadpublic $index | tr -d ' \n')"
  undefine
}
