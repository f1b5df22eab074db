# tpm2-pytss: the ESAPI and the FAPI from Python.

case_esapi_keys_sessions_and_parameter_encryption() {
  /usr/bin/python3 - <<'PYTHON'
import os
from tpm2_pytss import *

with ESAPI(os.environ["TPM2TOOLS_TCTI"]) as tpm:
    assert len(tpm.get_random(20)) == 20
    primary, public, *_ = tpm.create_primary(TPM2B_SENSITIVE_CREATE(), "ecc")
    session = tpm.start_auth_session(
        tpm_key=primary,
        bind=ESYS_TR.NONE,
        session_type=TPM2_SE.HMAC,
        symmetric=TPMT_SYM_DEF(algorithm=TPM2_ALG.AES, keyBits=TPMU_SYM_KEY_BITS(aes=128), mode=TPMU_SYM_MODE(aes=TPM2_ALG.CFB)),
        auth_hash=TPM2_ALG.SHA256,
    )
    tpm.trsess_set_attributes(session, TPMA_SESSION.ENCRYPT | TPMA_SESSION.DECRYPT | TPMA_SESSION.CONTINUESESSION)
    sensitive = TPM2B_SENSITIVE_CREATE(TPMS_SENSITIVE_CREATE(userAuth=b"auth", data=b"the secret"))
    private, public, *_ = tpm.create(primary, sensitive, TPM2B_PUBLIC.parse("keyedhash", objectAttributes=TPMA_OBJECT.USERWITHAUTH | TPMA_OBJECT.FIXEDTPM | TPMA_OBJECT.FIXEDPARENT), session1=session)
    sealed = tpm.load(primary, private, public)
    tpm.tr_set_auth(sealed, "auth")
    assert bytes(tpm.unseal(sealed, session1=session)) == b"the secret"
    for handle in (sealed, session, primary):
        tpm.flush_context(handle)
PYTHON
}

case_nv_and_pcrs() {
  /usr/bin/python3 - <<'PYTHON'
import os
from tpm2_pytss import *

with ESAPI(os.environ["TPM2TOOLS_TCTI"]) as tpm:
    public = TPM2B_NV_PUBLIC(TPMS_NV_PUBLIC(nvIndex=0x1500050, nameAlg=TPM2_ALG.SHA256, dataSize=8,
        attributes=TPMA_NV.OWNERREAD | TPMA_NV.OWNERWRITE | TPMA_NV.AUTHREAD | TPMA_NV.AUTHWRITE))
    index = tpm.nv_define_space(b"", public)
    tpm.nv_write(index, b"12345678")
    assert bytes(tpm.nv_read(index, 8)) == b"12345678"
    tpm.nv_undefine_space(index)
    _, _, before = tpm.pcr_read("sha256:16")
    tpm.pcr_extend(ESYS_TR.PCR16, TPML_DIGEST_VALUES([TPMT_HA(hashAlg=TPM2_ALG.SHA256, digest=TPMU_HA(sha256=b"\1" * 32))]))
    _, _, after = tpm.pcr_read("sha256:16")
    assert bytes(before[0]) != bytes(after[0])
PYTHON
}
