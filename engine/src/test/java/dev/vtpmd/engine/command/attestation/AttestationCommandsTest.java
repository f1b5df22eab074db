package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.TpmIdentity;
import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmsAttest;
import dev.vtpmd.protocol.structure.TpmsCertifyInfo;
import dev.vtpmd.protocol.structure.TpmsClockInfo;
import dev.vtpmd.protocol.structure.TpmsCommandAuditInfo;
import dev.vtpmd.protocol.structure.TpmsCreationInfo;
import dev.vtpmd.protocol.structure.TpmsQuoteInfo;
import dev.vtpmd.protocol.structure.TpmsTimeAttestInfo;
import dev.vtpmd.protocol.structure.TpmtTkCreation;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class AttestationCommandsTest {
    private static final int GET_COMMAND_AUDIT_DIGEST = 0x133;
    private static final int SET_COMMAND_CODE_AUDIT_STATUS = 0x140;
    private static final int CERTIFY = 0x148;
    private static final int CERTIFY_CREATION = 0x14A;
    private static final int GET_TIME = 0x14C;
    private static final int QUOTE = 0x158;

    private static final String NULL_HANDLE = "40000007";
    private static final String ENDORSEMENT = "4000000B";
    private static final String NONCE = "0004 01020304";
    private static final String NULL_SCHEME = "0010";
    private static final String NO_PCRS = "00000000";
    /** PCRs 0 and 1 of the SHA-256 bank. */
    private static final String PCRS = "00000001 000B 03 030000";

    private final LoadedTpm tpm = new LoadedTpm();
    private final TpmObject ecdsaKey =
            TestKeys.ecc(TestKeys.SIGNING, new TpmtAsymScheme(TpmAlgId.ECDSA, TpmiAlgHash.SHA256));

    @Test
    void quotesPcrs() {
        Answer answer = answer(tpm.run(QUOTE, 1, tpm.load(ecdsaKey), NONCE + NULL_SCHEME + PCRS));
        assertThat(answer.attest.qualifiedSigner()).isEqualTo(ecdsaKey.qualifiedName());
        assertThat(answer.attest.extraData()).isEqualTo(Tpm2b.copyOf((byte) 1, (byte) 2, (byte) 3, (byte) 4));
        TpmsQuoteInfo quote = (TpmsQuoteInfo) answer.attest.attested();
        // SHA-256 of 64 zero bytes: two PCRs that nothing was extended into.
        assertThat(quote.pcrDigest())
                .isEqualTo(hex("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"));
        assertThat(quote.pcrSelect().pcrSelections()).hasSize(1);
        verify(answer);
    }

    @Test
    void quotesNothingWithoutAScheme() {
        String unsuited = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(tpm.code(QUOTE, 1, NULL_HANDLE, NONCE + NULL_SCHEME + NO_PCRS))
                .isEqualTo(0x2D2);
        assertThat(tpm.code(QUOTE, 1, unsuited, NONCE + NULL_SCHEME + NO_PCRS)).isEqualTo(0x2D2);
    }

    @Test
    void limitsTheQualifyingData() {
        String key = tpm.load(ecdsaKey);
        assertThat(tpm.code(QUOTE, 1, key, "0042" + "00".repeat(66) + NULL_SCHEME + NO_PCRS))
                .isZero();
        assertThat(tpm.code(QUOTE, 1, key, "0043" + "00".repeat(67) + NULL_SCHEME + NO_PCRS))
                .isEqualTo(0x1D5);
    }

    @Test
    void certifiesAnObject() {
        TpmObject object = TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL);
        String handles = tpm.load(object) + tpm.load(ecdsaKey);
        Answer answer = answer(tpm.run(CERTIFY, 2, handles, NONCE + NULL_SCHEME));
        assertThat(answer.attest.attested()).isEqualTo(new TpmsCertifyInfo(object.name(), object.qualifiedName()));
        verify(answer);
    }

    @Test
    void certifiesWithoutSignature() {
        Answer answer = answer(tpm.run(CERTIFY, 2, tpm.load(ecdsaKey) + NULL_HANDLE, NONCE + NULL_SCHEME));
        assertThat(answer.attest.qualifiedSigner()).isEqualTo(hex(NULL_HANDLE));
        assertThat(answer.signature).isEqualTo(TpmtSignature.NULL);
    }

    @Test
    void certifiesOnlyWithSigningKeys() {
        String key = tpm.load(ecdsaKey);
        String decrypting = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String sequence = tpm.load(SequenceObject.hash(Tpm2b.EMPTY, TpmiAlgHash.SHA256));
        assertThat(tpm.code(CERTIFY, 2, key + decrypting, NONCE + NULL_SCHEME)).isEqualTo(0x29C);
        assertThat(tpm.code(CERTIFY, 2, key + sequence, NONCE + NULL_SCHEME)).isEqualTo(0x29C);
    }

    @Test
    void certifiesCreationWithATicket() {
        Tpm2b creationHash = hex("11".repeat(32));
        String handles = tpm.load(ecdsaKey) + tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        Tpm2b name = TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL).name();
        TpmtTkCreation ticket = tpm.state().tickets().creation(TpmRh.OWNER, name, creationHash);
        String parameters = NONCE + "0020" + "11".repeat(32) + NULL_SCHEME;
        Answer answer = answer(tpm.run(CERTIFY_CREATION, 1, handles, parameters + hexOf(ticket)));
        assertThat(answer.attest.attested()).isEqualTo(new TpmsCreationInfo(name, creationHash));
        verify(answer);
        String other = NONCE + "0020" + "12".repeat(32) + NULL_SCHEME;
        assertThat(tpm.code(CERTIFY_CREATION, 1, handles, other + hexOf(ticket)))
                .isEqualTo(0x4E0);
        assertThat(tpm.code(CERTIFY_CREATION, 1, handles, parameters + "8021 40000007 0000"))
                .isEqualTo(0x4E0);
        assertThat(tpm.code(CERTIFY_CREATION, 1, handles, parameters + "8024 40000007 0000"))
                .isEqualTo(0x4D7);
        assertThat(tpm.code(CERTIFY_CREATION, 1, handles, NONCE + "0000 0014 000B" + hexOf(ticket)))
                .isEqualTo(0x3D2);
    }

    @Test
    void attestsTheTime() {
        Answer answer = answer(tpm.run(GET_TIME, 2, ENDORSEMENT + tpm.load(ecdsaKey), NONCE + NULL_SCHEME));
        TpmsTimeAttestInfo time = (TpmsTimeAttestInfo) answer.attest.attested();
        assertThat(time.time().clockInfo()).isEqualTo(new TpmsClockInfo(0, 1, 0, false));
        assertThat(time.firmwareVersion()).isEqualTo(TpmIdentity.FIRMWARE_VERSION);
        verify(answer);
    }

    @Test
    void aSignedAuditDigestIsDone() {
        String audited = "0010 00000000 00000000";
        tpm.run(SET_COMMAND_CODE_AUDIT_STATUS, 1, "40000001", audited);
        String handles = ENDORSEMENT + tpm.load(ecdsaKey);
        Answer first = answer(tpm.run(GET_COMMAND_AUDIT_DIGEST, 2, handles, NONCE + NULL_SCHEME));
        verify(first);
        assertThat(((TpmsCommandAuditInfo) first.attest.attested()).auditDigest())
                .isNotEqualTo(Tpm2b.EMPTY);
        Answer second = answer(tpm.run(GET_COMMAND_AUDIT_DIGEST, 2, handles, NONCE + NULL_SCHEME));
        TpmsCommandAuditInfo ended = (TpmsCommandAuditInfo) second.attest.attested();
        assertThat(ended.auditDigest()).isEqualTo(Tpm2b.EMPTY);
        assertThat(ended.auditCounter()).isEqualTo(1);
        tpm.run(SET_COMMAND_CODE_AUDIT_STATUS, 1, "40000001", audited);
        Answer third = answer(tpm.run(GET_COMMAND_AUDIT_DIGEST, 2, handles, NONCE + NULL_SCHEME));
        TpmsCommandAuditInfo begun = (TpmsCommandAuditInfo) third.attest.attested();
        assertThat(begun.auditDigest()).isEqualTo(((TpmsCommandAuditInfo) first.attest.attested()).auditDigest());
        assertThat(begun.auditCounter()).isEqualTo(2);
    }

    @Test
    void obfuscatesCountersAndVersionUnlessTheKeyIsOfTheEndorsementOrPlatformHierarchy() {
        for (int hierarchy : new int[] {TpmRh.ENDORSEMENT, TpmRh.PLATFORM}) {
            TpmsAttest clear = quoteBy(hierarchy);
            assertThat(clear.clockInfo()).isEqualTo(new TpmsClockInfo(0, 1, 0, false));
            assertThat(clear.firmwareVersion()).isEqualTo(TpmIdentity.FIRMWARE_VERSION);
        }
        for (int hierarchy : new int[] {TpmRh.OWNER, TpmRh.NULL}) {
            TpmsAttest obfuscated = quoteBy(hierarchy);
            assertThat(obfuscated.clockInfo().resetCount()).isNotEqualTo(1);
            assertThat(obfuscated.clockInfo().restartCount()).isNotZero();
            assertThat(obfuscated.clockInfo().clock()).isZero();
            assertThat(obfuscated.firmwareVersion()).isNotEqualTo(TpmIdentity.FIRMWARE_VERSION);
            assertThat(quoteBy(hierarchy).clockInfo()).isEqualTo(obfuscated.clockInfo());
        }
    }

    private TpmsAttest quoteBy(int hierarchy) {
        String key = tpm.load(TestKeys.in(hierarchy, ecdsaKey));
        TpmsAttest attest = answer(tpm.run(QUOTE, 1, key, NONCE + NULL_SCHEME + NO_PCRS)).attest;
        tpm.state().objects().remove(Integer.parseUnsignedInt(key, 16));
        return attest;
    }

    /** The signature is over the structure as it was sent. */
    private void verify(Answer answer) {
        Tpm2b digest = Tpm2b.wrap(tpm.state().digests().digest(TpmiAlgHash.SHA256, answer.signed));
        tpm.state().signatures().verify(ecdsaKey, digest, answer.signature);
    }

    private static Answer answer(String parameters) {
        TpmReader in = new TpmReader(HexFormat.of().parseHex(parameters), AlgorithmProfile.DEFAULT);
        byte[] signed = in.sizedBytes(4096);
        TpmReader structure = new TpmReader(signed, AlgorithmProfile.DEFAULT);
        TpmsAttest attest = TpmsAttest.read(structure);
        assertThat(structure.remaining()).isZero();
        TpmtSignature signature = TpmtSignature.readOrNull(in);
        assertThat(in.remaining()).isZero();
        return new Answer(signed, attest, signature);
    }

    private static String hexOf(TpmtTkCreation ticket) {
        return HexFormat.of().formatHex(TpmWriter.toByteArray(ticket::write));
    }

    private static Tpm2b hex(String digits) {
        return Tpm2b.wrap(HexFormat.of().parseHex(digits));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(byte[] signed, TpmsAttest attest, TpmtSignature signature) {}
}
