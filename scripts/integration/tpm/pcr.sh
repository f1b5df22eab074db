# PCRs: banks, extend, event, the PC Client rules of reset and locality, allocation.

zeros() { printf '0%.0s' $(seq 1 $((2 * $1))); }
ones() { printf 'f%.0s' $(seq 1 $((2 * $1))); }

case_pcrs_start_at_zero_and_the_dynamic_ones_at_ones() {
  for index in 0 1 7 10 15 16 23; do
    expect_equal "sha256 PCR $index" "$(zeros 32)" "$(pcr sha256 $index)"
    expect_equal "sha1 PCR $index" "$(zeros 20)" "$(pcr sha1 $index)"
  done
  for index in 17 18 19 20 21 22; do
    expect_equal "sha256 PCR $index" "$(ones 32)" "$(pcr sha256 $index)"
    expect_equal "sha384 PCR $index" "$(ones 48)" "$(pcr sha384 $index)"
  done
}

case_extend_hashes_the_old_value_and_the_digest_in_every_bank() {
  local bank digest before
  for bank in sha1 sha256 sha384 sha512; do
    digest=$(digest $bank <<<"an event")
    before=$(pcr $bank 8)
    tpm2_pcrextend "8:$bank=$digest"
    expect_equal "$bank PCR 8" "$(extended $bank "$before" "$digest")" "$(pcr $bank 8)"
  done
}

case_one_extend_may_name_several_banks_and_pcrs() {
  local one two old8 old9
  one=$(digest sha1 <<<one) two=$(digest sha256 <<<two)
  old8=$(pcr sha1 8) old9=$(pcr sha256 9)
  tpm2_pcrextend "8:sha1=$one,sha256=$two" "9:sha256=$two"
  expect_equal "sha1 PCR 8" "$(extended sha1 "$old8" "$one")" "$(pcr sha1 8)"
  expect_equal "sha256 PCR 9" "$(extended sha256 "$old9" "$two")" "$(pcr sha256 9)"
}

case_event_extends_the_digest_of_the_data_in_every_bank() {
  local bank
  echo "some event data" >event
  for bank in sha1 sha256 sha384 sha512; do
    pcr $bank 12 >before.$bank
  done
  tpm2_pcrevent 12 event >digests
  for bank in sha1 sha256 sha384 sha512; do
    expect_match "digest of the event" "$bank: $(digest $bank <event)" "$(cat digests)"
    expect_equal "$bank PCR 12" "$(extended $bank "$(cat before.$bank)" "$(digest $bank <event)")" "$(pcr $bank 12)"
  done
}

case_an_event_longer_than_a_buffer_is_hashed_by_a_sequence() {
  local before
  head -c 5000 /dev/urandom >event
  before=$(pcr sha256 13)
  tpm2_pcrevent 13 event >digests
  expect_match "digest of the event" "sha256: $(digest sha256 <event)" "$(cat digests)"
  expect_equal "sha256 PCR 13" "$(extended sha256 "$before" "$(digest sha256 <event)")" "$(pcr sha256 13)"
}

case_an_event_without_pcr_is_only_hashed() {
  echo data >event
  expect_match "digest" "sha512: $(digest sha512 <event)" "$(tpm2_pcrevent event)"
}

case_debug_and_application_pcrs_can_be_reset_the_others_not() {
  for index in 16 23; do
    tpm2_pcrextend "$index:sha256=$(digest sha256 <<<x)"
    expect_differ "PCR $index" "$(zeros 32)" "$(pcr sha256 $index)"
    tpm2_pcrreset $index
    expect_equal "PCR $index" "$(zeros 32)" "$(pcr sha256 $index)"
  done
  for index in 0 7 10 15 17 20 22; do
    expect_rc 0x907 tpm2_pcrreset $index
  done
}

case_dynamic_pcrs_cannot_be_extended_at_locality_0() {
  for index in 17 18 19 21 22; do
    expect_rc 0x907 tpm2_pcrextend "$index:sha256=$(digest sha256 <<<x)"
  done
}

case_reading_many_pcrs_gives_them_all() {
  tpm2_pcrread sha1:0,1,2,3+sha256:all+sha384:23+sha512:0 >values
  expect_equal "values" 30 "$(grep -c ': 0x' values)"
}

case_a_pcr_that_does_not_exist_is_refused() {
  # PCR_Read of PCR 24 in the SHA-256 bank; a selection of four bytes is more than this TPM has.
  expect_equal "sizeofSelect 4" 0x000001c4 "$(response_code 8001000000150000017e00000001000b0400000001)"
  # PCR_Extend of handle 24, empty password, one SHA-256 digest of zeros.
  expect_equal "handle 24" 0x00000184 \
    "$(response_code "80020000004100000182000000180000000940000009000000000000000001000b$(zeros 32)")"
}

case_allocation_takes_effect_at_the_next_tpm_reset() {
  tpm2_pcrallocate sha1:none+sha256:all+sha384:all+sha512:all
  expect_equal "sha1 PCR 0" "$(zeros 20)" "$(pcr sha1 0)"
  tpm_reset
  expect_equal "sha1 PCR 0" "" "$(pcr sha1 0)"
  expect_equal "sha256 PCR 0" "$(zeros 32)" "$(pcr sha256 0)"
  tpm2_pcrallocate sha1:all+sha256:all+sha384:all+sha512:all
  tpm_reset
  expect_equal "sha1 PCR 0" "$(zeros 20)" "$(pcr sha1 0)"
}
