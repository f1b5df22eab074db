# Objects: primary keys, create, load, import, duplication blobs from outside, contexts, persistence, public areas.

setup() { make_storage_primary; }

primary=../primary.ctx

# name_of PUBLIC: the name of a TPM2B_PUBLIC file with nameAlg SHA-256: the algorithm, and the digest of TPMT_PUBLIC.
name_of() { printf '000b%s' "$(tail -c +3 "$1" | digest sha256)"; }

case_rsa_2048_primary_key() {
  tpm2_createprimary -C o -G rsa2048 -c key.ctx >attributes
  expect_match "bits" "value: 2048|bits: 2048" "$(cat attributes)"
  tpm2_readpublic -c key.ctx -f pem -o key.pem
  expect_match "modulus" "Public-Key: \(2048 bit\)" "$(openssl pkey -pubin -in key.pem -noout -text)"
}

case_rsa_3072_primary_key() {
  tpm2_createprimary -Q -C o -G rsa3072 -c key.ctx
  tpm2_readpublic -c key.ctx -f pem -o key.pem
  expect_match "modulus" "Public-Key: \(3072 bit\)" "$(openssl pkey -pubin -in key.pem -noout -text)"
}

case_rsa_4096_primary_key_where_the_tpm_has_them() {
  if [ "$PEER" = swtpm ] && ! tpm2_testparms rsa4096; then
    expect_rc 0x2c4 tpm2_createprimary -C o -G rsa4096 -c key.ctx
    return
  fi
  tpm2_createprimary -Q -C o -G rsa4096 -c key.ctx
  tpm2_readpublic -c key.ctx -f pem -o key.pem
  expect_match "modulus" "Public-Key: \(4096 bit\)" "$(openssl pkey -pubin -in key.pem -noout -text)"
}

case_ecc_primary_keys_on_each_curve() {
  local bits
  for bits in 256 384 521; do
    tpm2_createprimary -Q -C o -G ecc$bits -c key.ctx
    tpm2_readpublic -c key.ctx -f pem -o key.pem
    expect_match "curve" "Public-Key: \($bits bit\)" "$(openssl pkey -pubin -in key.pem -noout -text)"
    # openssl refuses a point that is not on the curve.
    openssl pkey -pubin -in key.pem -pubcheck -noout
  done
}

case_symmetric_and_keyed_hash_primary_keys() {
  tpm2_createprimary -Q -C o -G aes128cfb -c key.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|decrypt|restricted|noda"
  tpm2_readpublic -c key.ctx
  tpm2_createprimary -Q -C o -G aes256cfb -c key.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|decrypt|sign"
  tpm2_readpublic -c key.ctx
  tpm2_createprimary -Q -C o -G hmac:sha256 -c key.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign"
  tpm2_readpublic -c key.ctx
}

case_the_same_template_gives_the_same_primary_key_another_unique_another_key() {
  local first
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  first=$(tpm2_readpublic -c key.ctx | grep -A1 '^name')
  tpm2_createprimary -Q -C o -G ecc -c key.ctx
  expect_equal "name" "$first" "$(tpm2_readpublic -c key.ctx | grep -A1 '^name')"
  printf '\004\000abcd\000\000' >unique
  tpm2_createprimary -Q -C o -G ecc -u unique -c key.ctx
  expect_differ "name" "$first" "$(tpm2_readpublic -c key.ctx | grep -A1 '^name')"
}

case_primary_keys_of_the_hierarchies_differ() {
  local hierarchy names=
  for hierarchy in o e p n; do
    tpm2_createprimary -Q -C $hierarchy -G ecc -c key.ctx
    tpm2_readpublic -c key.ctx -n name -Q
    names+="$(hex name) "
  done
  expect_equal "different names" 4 "$(tr ' ' '\n' <<<"$names" | grep . | sort -u | wc -l)"
}

case_the_endorsement_key_of_the_default_template_is_reproducible() {
  tpm2_createek -Q -G rsa -c ek.ctx -u ek1.pub
  tpm2_createek -Q -G rsa -c ek.ctx -u ek2.pub
  expect_file "RSA EK" ek1.pub ek2.pub
  tpm2_createek -Q -G ecc -c ek.ctx -u ek1.pub
  tpm2_createek -Q -G ecc -c ek.ctx -u ek2.pub
  expect_file "ECC EK" ek1.pub ek2.pub
}

case_create_and_load_each_kind_of_key() {
  local algorithm
  for algorithm in rsa2048 ecc256 ecc384 ecc521 aes128cfb aes256cfb hmac:sha256 hmac:sha512 keyedhash; do
    if [ $algorithm = keyedhash ]; then
      echo sealed | tpm2_create -Q -C $primary -i - -u key.pub -r key.priv
    else
      tpm2_create -Q -C $primary -G $algorithm -u key.pub -r key.priv
    fi
    tpm2_load -Q -C $primary -u key.pub -r key.priv -c key.ctx -n name
    expect_equal "name of $algorithm" "$(name_of key.pub)" "$(hex name)"
    tpm2_readpublic -c key.ctx -Q -o read.pub
    expect_file "public area of $algorithm" key.pub read.pub
  done
}

case_a_key_below_an_rsa_parent_and_a_grandchild() {
  tpm2_createprimary -Q -C o -G rsa -c parent.ctx
  tpm2_create -Q -C parent.ctx -G rsa2048:aes128cfb -u child.pub -r child.priv -c child.ctx \
    -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|decrypt|restricted"
  tpm2_create -Q -C child.ctx -G ecc -u grandchild.pub -r grandchild.priv
  tpm2_load -Q -C child.ctx -u grandchild.pub -r grandchild.priv -c grandchild.ctx
  tpm2_readpublic -c grandchild.ctx
}

case_a_private_area_of_another_parent_does_not_load() {
  tpm2_createprimary -Q -C e -G ecc -c other.ctx
  tpm2_create -Q -C $primary -G ecc -u key.pub -r key.priv
  expect_rc 0x1df tpm2_load -C other.ctx -u key.pub -r key.priv -c key.ctx
}

case_a_changed_private_area_does_not_load() {
  tpm2_create -Q -C $primary -G ecc -u key.pub -r key.priv
  python3 - <<'PYTHON'
data = bytearray(open("key.priv", "rb").read())
data[-1] ^= 1
open("key.priv", "wb").write(data)
PYTHON
  expect_rc 0x1df tpm2_load -C $primary -u key.pub -r key.priv -c key.ctx
}

case_attributes_that_contradict_each_other_are_refused() {
  expect_rc 0x2c2 tpm2_create -C $primary -G ecc -u key.pub -r key.priv -a "fixedtpm|sensitivedataorigin|userwithauth|sign"
  expect_rc 0x2c2 tpm2_create -C $primary -G ecc -u key.pub -r key.priv -a "userwithauth|sign"
}

case_public_parts_from_openssl_load_as_external_objects() {
  local bits
  openssl genrsa -out rsa.pem 2048
  openssl rsa -in rsa.pem -pubout -out rsa.pub.pem
  tpm2_loadexternal -Q -C o -G rsa -u rsa.pub.pem -c key.ctx
  tpm2_readpublic -Q -c key.ctx -f pem -o read.pem
  expect_file "RSA key" rsa.pub.pem read.pem
  for bits in 256 384 521; do
    openssl ecparam -name "$(sed 's/256/prime256v1/; s/384/secp384r1/; s/521/secp521r1/' <<<$bits)" -genkey -noout -out ecc.pem
    openssl ec -in ecc.pem -pubout -out ecc.pub.pem
    tpm2_loadexternal -Q -C o -G ecc -u ecc.pub.pem -c key.ctx
    tpm2_readpublic -Q -c key.ctx -f pem -o read.pem
    expect_file "P-$bits key" ecc.pub.pem read.pem
  done
}

case_a_private_key_from_openssl_loads_externally_into_the_null_hierarchy_only() {
  openssl genrsa -out rsa.pem 2048
  tpm2_loadexternal -Q -C n -G rsa -r rsa.pem -c key.ctx
  echo data >data
  tpm2_sign -c key.ctx -g sha256 -s rsassa -f plain -o signature data
  openssl rsa -in rsa.pem -pubout -out rsa.pub.pem
  openssl dgst -sha256 -verify rsa.pub.pem -signature signature data
  expect_rc 0x3c5 tpm2_loadexternal -C o -G rsa -r rsa.pem -c key.ctx
}

case_keys_from_openssl_are_imported_below_a_parent() {
  local kind
  echo data >data
  openssl genrsa -out rsa.pem 2048
  openssl ecparam -name prime256v1 -genkey -noout -out ecc.pem
  for kind in rsa ecc; do
    tpm2_import -Q -C $primary -G $kind -i $kind.pem -u key.pub -r key.priv
    tpm2_load -Q -C $primary -u key.pub -r key.priv -c key.ctx
    tpm2_sign -c key.ctx -g sha256 -f plain -o signature data
    openssl pkey -in $kind.pem -pubout -out public.pem
    openssl dgst -sha256 -verify public.pem -signature signature data
  done
}

case_keys_are_imported_below_an_rsa_parent() {
  tpm2_createprimary -Q -C o -G rsa -c parent.ctx
  openssl genrsa -out rsa.pem 2048
  tpm2_import -Q -C parent.ctx -G rsa -i rsa.pem -u key.pub -r key.priv
  tpm2_load -Q -C parent.ctx -u key.pub -r key.priv -c key.ctx
  tpm2_readpublic -Q -c key.ctx -f pem -o read.pem
  openssl rsa -in rsa.pem -pubout -out public.pem
  expect_file "public key" public.pem read.pem
}

case_an_imported_aes_key_encrypts_as_openssl_does() {
  head -c 16 /dev/urandom >key.bin
  head -c 16 /dev/urandom >iv
  tpm2_import -Q -C $primary -G aes -i key.bin -u key.pub -r key.priv
  tpm2_load -Q -C $primary -u key.pub -r key.priv -c key.ctx
  echo "some plain text" >plain
  tpm2_encryptdecrypt -Q -c key.ctx -t iv -o cipher plain
  openssl enc -d -aes-128-cfb -K "$(hex key.bin)" -iv "$(hex iv)" -in cipher -out decrypted
  expect_file "plain text" plain decrypted
}

case_a_wrapped_key_for_our_parent_is_imported() {
  # tpm2_duplicate without a TPM: wraps a key of openssl to the public area of the new parent.
  tpm2_readpublic -Q -c $primary -o parent.pub
  openssl genrsa -out rsa.pem 2048
  tpm2_duplicate -Q --tcti none -U parent.pub -G rsa -k rsa.pem -u key.pub -r key.dup -s key.seed
  tpm2_import -Q -C $primary -G rsa -i key.dup -s key.seed -u key.pub -r key.priv
  tpm2_load -Q -C $primary -u key.pub -r key.priv -c key.ctx
  tpm2_readpublic -Q -c key.ctx -f pem -o read.pem
  openssl rsa -in rsa.pem -pubout -out public.pem
  expect_file "public key" public.pem read.pem
}

case_a_persistent_key_is_used_by_its_handle_until_it_is_evicted() {
  tpm2_create -Q -C $primary -G ecc -c key.ctx
  tpm2_evictcontrol -Q -C o -c key.ctx 0x81000020
  echo data >data
  tpm2_sign -Q -c 0x81000020 -g sha256 -o signature data
  tpm2_verifysignature -Q -c 0x81000020 -g sha256 -m data -s signature
  expect_rc 0x14c tpm2_evictcontrol -C o -c key.ctx 0x81000020
  tpm2_evictcontrol -Q -C o -c 0x81000020
  expect_rc 0x18b tpm2_readpublic -c 0x81000020
}

case_evict_control_keeps_to_the_handles_of_its_hierarchy() {
  tpm2_createprimary -Q -C p -G ecc -c platform.ctx
  tpm2_evictcontrol -Q -C p -c platform.ctx 0x81800001
  tpm2_evictcontrol -Q -C p -c 0x81800001
  expect_rc 0x1cd tpm2_evictcontrol -C p -c platform.ctx 0x81000021
}

case_a_saved_context_loads_again_and_a_changed_one_does_not() {
  tpm2_create -Q -C $primary -G ecc -c key.ctx
  tpm2_readpublic -Q -c key.ctx
  tpm2_readpublic -Q -c key.ctx
  python3 - <<'PYTHON'
data = bytearray(open("key.ctx", "rb").read())
data[100] ^= 1
open("key.ctx", "wb").write(data)
PYTHON
  expect_rc 0x1df tpm2_readpublic -Q -c key.ctx
}

case_objects_fill_the_slots_and_flushing_frees_them() {
  local round
  for round in 1 2 3; do
    command tpm2_createprimary -Q -C o -G ecc -c key.ctx
  done
  expect_rc 0x902 command tpm2_createprimary -C o -G ecc -c key.ctx
  expect_equal "loaded objects" 3 "$(tpm2_getcap handles-transient | wc -l)"
  tpm2_flushcontext 0x80000001
  expect_equal "loaded objects" 2 "$(tpm2_getcap handles-transient | wc -l)"
  tpm2_flushcontext -t
  expect_equal "loaded objects" 0 "$(tpm2_getcap handles-transient | wc -l)"
  expect_equal "flushing it again" 0x000001cb "$(response_code 80010000000e0000016580000001)"
}

case_the_auth_value_of_an_object_changes() {
  tpm2_create -Q -C $primary -G ecc -p old -u key.pub -r key.priv -c key.ctx
  tpm2_changeauth -C $primary -c key.ctx -p old -r new.priv new
  tpm2_load -Q -C $primary -u key.pub -r new.priv -c new.ctx
  echo data >data
  tpm2_sign -Q -c new.ctx -p new -g sha256 -o signature data
  expect_rc 0x98e tpm2_sign -Q -c new.ctx -p old -g sha256 -o signature data
}

case_a_key_needs_its_auth_value() {
  tpm2_create -Q -C $primary -G ecc -p secret -c key.ctx
  echo data >data
  tpm2_sign -Q -c key.ctx -p secret -g sha256 -o signature data
  expect_rc 0x98e tpm2_sign -Q -c key.ctx -p wrong -g sha256 -o signature data
  tpm2_create -Q -C $primary -G ecc -p secret -c key.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign|noda"
  expect_rc 0x9a2 tpm2_sign -Q -c key.ctx -p wrong -g sha256 -o signature data
  tpm2_dictionarylockout -c
}
