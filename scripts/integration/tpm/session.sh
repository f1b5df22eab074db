# Sessions: HMAC, policy, salted, bound, with parameter encryption, their number and their end.

setup() {
  make_storage_primary
  tpm2_create -Q -C primary.ctx -G ecc -p secret -u key.pub -r key.priv -c key.ctx
  tpm2_createprimary -Q -C o -G rsa -c rsa.ctx
  echo data >data
}

key=../key.ctx

uses_it() { # SESSION: authorises a command with the session and the auth value, and fails with another one.
  tpm2_sign -Q -c $key -p "session:$1+secret" -g sha256 -o signature ../data
  tpm2_verifysignature -Q -c $key -g sha256 -m ../data -s signature
  expect_rc 0x98e tpm2_sign -c $key -p "session:$1+wrong" -g sha256 -o signature ../data
}

case_a_password_authorises() {
  tpm2_sign -Q -c $key -p secret -g sha256 -o signature ../data
  tpm2_dictionarylockout -c
}

case_an_hmac_session_authorises() {
  tpm2_startauthsession --hmac-session -S session.ctx
  uses_it session.ctx
  tpm2_flushcontext session.ctx
  tpm2_dictionarylockout -c
}

case_hmac_sessions_of_each_hash() {
  for hash in sha1 sha256 sha384 sha512; do
    tpm2_startauthsession --hmac-session -g $hash -S session.ctx
    uses_it session.ctx
    tpm2_flushcontext session.ctx
    tpm2_dictionarylockout -c
  done
}

case_a_session_salted_by_an_ecc_key() {
  tpm2_startauthsession --hmac-session --tpmkey-context ../primary.ctx -S session.ctx
  uses_it session.ctx
  tpm2_flushcontext session.ctx
  tpm2_dictionarylockout -c
}

case_a_session_salted_by_an_rsa_key() {
  tpm2_startauthsession --hmac-session --tpmkey-context ../rsa.ctx -S session.ctx
  uses_it session.ctx
  tpm2_flushcontext session.ctx
  tpm2_dictionarylockout -c
}

case_a_bound_session_authorises_the_object_it_is_bound_to() {
  tpm2_startauthsession --hmac-session --bind-context $key --bind-auth secret -S session.ctx
  tpm2_sign -Q -c $key -p "session:session.ctx+secret" -g sha256 -o signature ../data
  tpm2_flushcontext session.ctx
}

case_a_session_bound_and_salted() {
  tpm2_startauthsession --hmac-session --bind-context $key --bind-auth secret --tpmkey-context ../primary.ctx -S session.ctx
  tpm2_sign -Q -c $key -p "session:session.ctx+secret" -g sha256 -o signature ../data
  tpm2_flushcontext session.ctx
}

# Only with a key that both sides know can a parameter be encrypted: salted or bound sessions, or an auth value.
case_parameters_are_encrypted_both_ways() {
  tpm2_startauthsession --hmac-session --tpmkey-context ../primary.ctx -S session.ctx
  tpm2_sessionconfig session.ctx --enable-encrypt --enable-decrypt
  tpm2_create -Q -C ../primary.ctx -P session:session.ctx -G ecc -p child -u child.pub -r child.priv
  tpm2_flushcontext session.ctx
  tpm2_load -Q -C ../primary.ctx -u child.pub -r child.priv -c child.ctx
  tpm2_sign -Q -c child.ctx -p child -g sha256 -o signature ../data
}

case_a_response_is_encrypted_without_authorisation() {
  tpm2_startauthsession --hmac-session --tpmkey-context ../primary.ctx -S session.ctx
  tpm2_sessionconfig session.ctx --enable-encrypt
  tpm2_getrandom -S session.ctx 32 -o random
  expect_equal "bytes" 32 "$(stat -c %s random)"
  tpm2_flushcontext session.ctx
}

case_an_unsealed_secret_travels_encrypted() {
  for salt in primary rsa; do
    echo "the secret" | tpm2_create -Q -C ../primary.ctx -i - -p auth -c sealed.ctx
    tpm2_startauthsession --hmac-session --tpmkey-context ../$salt.ctx -S session.ctx
    tpm2_sessionconfig session.ctx --enable-encrypt
    expect_equal "secret" "the secret" "$(tpm2_unseal -c sealed.ctx -p session:session.ctx+auth)"
    tpm2_flushcontext session.ctx
  done
}

case_a_session_ends_with_the_command_when_it_should_not_continue() {
  tpm2_startauthsession --hmac-session -S session.ctx
  tpm2_sessionconfig session.ctx --disable-continuesession
  # The tool wants to save the session after the command, and finds it gone.
  expect_rc 0x910 tpm2_sign -Q -c $key -p session:session.ctx+secret -g sha256 -o signature ../data
  tpm2_verifysignature -Q -c $key -g sha256 -m ../data -s signature
  expect_equal "loaded sessions" "" "$(tpm2_getcap handles-loaded-session)"
  expect_equal "saved sessions" "" "$(tpm2_getcap handles-saved-session)"
}

case_a_flushed_session_is_gone() {
  tpm2_startauthsession --hmac-session -S session.ctx
  cp session.ctx copy.ctx
  tpm2_flushcontext session.ctx
  expect_failure tpm2_sign -c $key -p session:copy.ctx+secret -g sha256 -o signature ../data
}

case_a_saved_session_context_loads_only_once() {
  tpm2_startauthsession --hmac-session -S session.ctx
  cp session.ctx copy.ctx
  tpm2_sign -Q -c $key -p session:session.ctx+secret -g sha256 -o signature ../data
  expect_failure tpm2_sign -c $key -p session:copy.ctx+secret -g sha256 -o signature ../data
  tpm2_flushcontext session.ctx
}

case_many_sessions_are_saved_at_a_time() {
  local n
  for n in $(seq 1 20); do
    tpm2_startauthsession --hmac-session -S session$n.ctx
  done
  for n in 20 1 7; do
    tpm2_sign -Q -c $key -p session:session$n.ctx+secret -g sha256 -o signature ../data
  done
  tpm2_flushcontext -s
  expect_equal "saved sessions" "" "$(tpm2_getcap handles-saved-session)"
}

case_an_audit_session_goes_with_a_command() {
  tpm2_startauthsession --audit-session -S session.ctx
  tpm2_getrandom -S session.ctx 8 --hex
  tpm2_flushcontext session.ctx
}
