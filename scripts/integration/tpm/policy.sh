# Enhanced authorisation: each policy command alone, together, and refused.

setup() {
  make_storage_primary
  echo "sealed secret" >secret
  openssl genrsa -out signer.pem 2048
  openssl rsa -in signer.pem -pubout -out signer.pub.pem
  tpm2_loadexternal -Q -C o -G rsa -u signer.pub.pem -c signer.ctx -n signer.name
}

zero_policy=0000000000000000000000000000000000000000000000000000000000000000

# policy_digest OLD-HEX REST-HEX: H(old || rest), how every policy command extends the digest (Part 1, 19.7).
policy_digest() { printf '%s%s' "$1" "$2" | unhex | digest sha256; }

trial() { # NAME COMMAND...: runs policy commands in a trial session, result in NAME.policy
  tpm2_startauthsession -S trial.ctx
  "${@:2}" -S trial.ctx -L "$1.policy"
  tpm2_flushcontext trial.ctx
}

seal() { tpm2_create -Q -C ../primary.ctx -L "$1.policy" -i ../secret -c sealed.ctx "${@:2}"; }

unseals() { # a policy session in session.ctx gives the secret
  expect_equal "secret" "sealed secret" "$(tpm2_unseal -c sealed.ctx -p "session:session.ctx${1-}")"
}

case_policy_pcr_holds_until_the_pcr_changes() {
  tpm2_pcrreset 16
  trial pcr tpm2_policypcr -Q -l sha256:16
  tpm2_pcrread -Q sha256:16 -o values
  # Policy = H(0 || TPM_CC_PolicyPCR || TPML_PCR_SELECTION || digest of the values).
  expect_equal "policy" "$(policy_digest $zero_policy "0000017f00000001000b03000001$(digest sha256 <values)")" "$(hex pcr.policy)"
  seal pcr
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policypcr -Q -S session.ctx -l sha256:16
  unseals
  tpm2_flushcontext session.ctx
  tpm2_pcrextend "16:sha256=$(digest sha256 <<<other)"
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policypcr -Q -S session.ctx -l sha256:16
  expect_rc 0x99d tpm2_unseal -c sealed.ctx -p session:session.ctx
  tpm2_flushcontext session.ctx
}

case_policy_pcr_notices_a_change_between_policy_and_use() {
  trial pcr tpm2_policypcr -Q -l sha256:14
  seal pcr
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policypcr -Q -S session.ctx -l sha256:14
  tpm2_pcrextend "14:sha256=$(digest sha256 <<<other)"
  expect_rc 0x128 tpm2_unseal -c sealed.ctx -p session:session.ctx
  tpm2_flushcontext session.ctx
}

case_policy_auth_value_needs_the_auth_value_by_hmac() {
  trial auth tpm2_policyauthvalue
  expect_equal "policy" "$(policy_digest $zero_policy 0000016b)" "$(hex auth.policy)"
  seal auth -p value
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policyauthvalue -S session.ctx
  unseals +value
  tpm2_flushcontext session.ctx
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policyauthvalue -S session.ctx
  expect_rc 0x98e tpm2_unseal -c sealed.ctx -p session:session.ctx+wrong
  tpm2_flushcontext session.ctx
  tpm2_dictionarylockout -c
}

case_policy_password_has_the_digest_of_policy_auth_value() {
  trial password tpm2_policypassword
  expect_equal "policy" "$(policy_digest $zero_policy 0000016b)" "$(hex password.policy)"
  seal password -p value
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policypassword -S session.ctx
  unseals +value
  tpm2_flushcontext session.ctx
}

case_policy_command_code_allows_one_command() {
  trial code tpm2_policycommandcode TPM2_CC_Unseal
  expect_equal "policy" "$(policy_digest $zero_policy 0000016c0000015e)" "$(hex code.policy)"
  seal code
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policycommandcode -S session.ctx TPM2_CC_Unseal
  unseals
  tpm2_flushcontext session.ctx
  tpm2_create -Q -C ../primary.ctx -G ecc -L code.policy -c key.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|sign"
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policycommandcode -S session.ctx TPM2_CC_Unseal
  expect_rc 0x9a4 tpm2_sign -c key.ctx -p session:session.ctx -g sha256 -o signature ../secret
  tpm2_flushcontext session.ctx
}

case_policy_or_takes_either_branch() {
  tpm2_pcrreset 16
  trial pcr tpm2_policypcr -Q -l sha256:16
  trial auth tpm2_policyauthvalue
  tpm2_startauthsession -S trial.ctx
  tpm2_policyor -Q -S trial.ctx -L or.policy -l sha256:pcr.policy,auth.policy
  tpm2_flushcontext trial.ctx
  expect_equal "policy" "$(policy_digest $zero_policy "00000171$(hex pcr.policy)$(hex auth.policy)")" "$(hex or.policy)"
  seal or -p value
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policypcr -Q -S session.ctx -l sha256:16
  tpm2_policyor -Q -S session.ctx -l sha256:pcr.policy,auth.policy
  unseals
  tpm2_flushcontext session.ctx
  tpm2_pcrextend "16:sha256=$(digest sha256 <<<other)"
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policyauthvalue -S session.ctx
  tpm2_policyor -Q -S session.ctx -l sha256:pcr.policy,auth.policy
  unseals +value
  tpm2_flushcontext session.ctx
  tpm2_startauthsession --policy-session -S session.ctx
  expect_rc 0x1c4 tpm2_policyor -S session.ctx -l sha256:pcr.policy,auth.policy
  tpm2_flushcontext session.ctx
}

case_policy_secret_needs_the_auth_value_of_an_entity() {
  tpm2_changeauth -c o owner
  trial secret tpm2_policysecret -Q -c o owner
  # A second extension carries the (empty) policyRef: H(H(0 || CC || name) || "").
  expect_equal "policy" "$(policy_digest "$(policy_digest $zero_policy 0000015140000001)" "")" "$(hex secret.policy)"
  tpm2_changeauth -c o -p owner
  seal secret
  tpm2_changeauth -c o owner
  tpm2_startauthsession --policy-session -S session.ctx
  expect_rc 0x9a2 tpm2_policysecret -S session.ctx -c o wrong
  tpm2_policysecret -Q -S session.ctx -c o owner
  unseals
  tpm2_flushcontext session.ctx
  tpm2_changeauth -c o -p owner
}

case_policy_secret_of_an_object() {
  echo x | tpm2_create -Q -C ../primary.ctx -i - -p gate -c gate.ctx
  trial secret tpm2_policysecret -Q -c gate.ctx gate
  seal secret
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysecret -Q -S session.ctx -c gate.ctx gate
  unseals
  tpm2_flushcontext session.ctx
}

case_policy_signed_needs_a_signature_of_this_session() {
  # aHash = H(nonceTPM || expiration || cpHashA || policyRef); without nonce and with expiration 0 it is H(00000000).
  printf '\0\0\0\0' | openssl dgst -sha256 -sign ../signer.pem -out signature
  trial signed tpm2_policysigned -Q -g sha256 -f rsassa -s signature -c ../signer.ctx
  expect_equal "policy" "$(policy_digest "$(policy_digest $zero_policy "00000160$(hex ../signer.name)")" "")" "$(hex signed.policy)"
  seal signed
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysigned -Q -S session.ctx --nonce-tpm --raw-data to_sign -c ../signer.ctx -g sha256 -f rsassa -s signature 2>/dev/null || true
  openssl dgst -sha256 -sign ../signer.pem -out nonce.signature to_sign
  tpm2_policysigned -Q -S session.ctx --nonce-tpm -c ../signer.ctx -g sha256 -f rsassa -s nonce.signature
  unseals
  tpm2_flushcontext session.ctx
  # The signature is over the nonce of the first session, and worth nothing in another.
  tpm2_startauthsession --policy-session -S session.ctx
  expect_rc 0x5db tpm2_policysigned -S session.ctx --nonce-tpm -c ../signer.ctx -g sha256 -f rsassa -s nonce.signature
  tpm2_flushcontext session.ctx
}

case_policies_combine_in_order() {
  tpm2_pcrreset 16
  tpm2_startauthsession -S trial.ctx
  tpm2_policypcr -Q -S trial.ctx -l sha256:16
  tpm2_policyauthvalue -S trial.ctx
  tpm2_policycommandcode -S trial.ctx -L all.policy TPM2_CC_Unseal
  tpm2_flushcontext trial.ctx
  seal all -p value
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policypcr -Q -S session.ctx -l sha256:16
  tpm2_policyauthvalue -S session.ctx
  tpm2_policycommandcode -S session.ctx TPM2_CC_Unseal
  unseals +value
  tpm2_flushcontext session.ctx
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policyauthvalue -S session.ctx
  tpm2_policypcr -Q -S session.ctx -l sha256:16
  tpm2_policycommandcode -S session.ctx TPM2_CC_Unseal
  expect_rc 0x99d tpm2_unseal -c sealed.ctx -p session:session.ctx+value
  tpm2_flushcontext session.ctx
}

case_a_restarted_policy_session_begins_anew() {
  trial code tpm2_policycommandcode TPM2_CC_Unseal
  seal code
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policyauthvalue -S session.ctx
  tpm2_policyrestart -S session.ctx
  tpm2_policycommandcode -S session.ctx TPM2_CC_Unseal
  unseals
  tpm2_flushcontext session.ctx
}

case_a_policy_session_may_be_salted_and_encrypt() {
  trial auth tpm2_policyauthvalue
  seal auth -p value
  tpm2_startauthsession --policy-session --tpmkey-context ../primary.ctx -S session.ctx
  tpm2_sessionconfig session.ctx --enable-encrypt
  tpm2_policyauthvalue -S session.ctx
  unseals +value
  tpm2_flushcontext session.ctx
}
