package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.TestTpm;

import java.util.List;
import java.util.function.Consumer;

/** One conversation for each chapter of Part 3; physical presence is asserted all the time. */
public enum Conversation {
    TESTING(PlatformConversations::testing),
    SESSIONS(SessionConversations::sessions),
    POLICIES(PolicyConversations::assertions),
    POLICY_TICKETS(PolicyConversations::ticketsAndSignatures),
    POLICY_INDICES(PolicyConversations::indices),
    OBJECTS(ObjectConversations::objects),
    DUPLICATION(ObjectConversations::duplication),
    CREDENTIALS(ObjectConversations::credentials),
    CONTEXTS(ObjectConversations::contexts),
    RSA(CryptographyConversations::rsa),
    ECC(CryptographyConversations::ecc),
    SYMMETRIC(CryptographyConversations::symmetric),
    SEQUENCES(CryptographyConversations::sequences),
    ATTESTATION(AttestationConversations::attestation),
    AUDIT(AttestationConversations::audit),
    ANONYMITY(AttestationConversations::anonymity),
    PCRS(PlatformConversations::pcrs),
    HIERARCHIES(PlatformConversations::hierarchies),
    CLOCK_AND_TIMERS(PlatformConversations::clockAndTimers),
    NV(NvConversations::indices),
    NV_POLICIES(NvConversations::policies);

    private final Consumer<Client> course;

    Conversation(Consumer<Client> course) {
        this.course = course;
    }

    /** All commands of the conversation, TPM2_Startup first, as a new TPM of the full profile understands them. */
    public List<byte[]> commands() {
        return held().sent();
    }

    /** The TPM after the conversation. */
    TestTpm held() {
        Client client = new Client();
        course.accept(client);
        return client.tpm();
    }
}
