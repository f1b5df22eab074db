package dev.vtpmd.engine;

import dev.vtpmd.engine.audit.CommandAudit;
import dev.vtpmd.engine.authorization.PhysicalPresence;
import dev.vtpmd.engine.clock.TpmClock;
import dev.vtpmd.engine.commit.Commitments;
import dev.vtpmd.engine.countdown.CountdownTimers;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.RsaEncryption;
import dev.vtpmd.engine.crypto.RsaSignatures;
import dev.vtpmd.engine.crypto.SchnorrSignatures;
import dev.vtpmd.engine.crypto.Sm2Signatures;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.engine.crypto.TpmRandom;
import dev.vtpmd.engine.crypto.XorObfuscation;
import dev.vtpmd.engine.crypto.selftest.SelfTests;
import dev.vtpmd.engine.dictionaryattack.DictionaryAttack;
import dev.vtpmd.engine.hierarchy.Hierarchies;
import dev.vtpmd.engine.hierarchy.Tickets;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.object.Names;
import dev.vtpmd.engine.object.ObjectTable;
import dev.vtpmd.engine.object.SecretExchange;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.engine.session.SessionTable;
import dev.vtpmd.engine.signature.Signatures;
import dev.vtpmd.engine.state.AlgorithmSet;
import dev.vtpmd.engine.state.FailureMode;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.ReadOnlyMode;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.Startup;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/** The parts of one TPM, for the commands that work on them. */
public final class TpmState {
    private final AlgorithmProfile profile;
    private final TpmRandom random;
    private final Digests digests = new Digests();
    private final Hmacs hmacs = new Hmacs();
    private final KeyDerivation keyDerivation = new KeyDerivation();
    private final SymmetricCipher symmetricCipher = new SymmetricCipher();
    private final XorObfuscation xorObfuscation = new XorObfuscation(keyDerivation);
    private final RsaSignatures rsaSignatures;
    private final RsaEncryption rsaEncryption;
    private final Ecc ecc;
    private final Commitments commitments;
    private final Signatures signatures;
    private final AsymmetricProvider asymmetric;
    private final SecretExchange secretExchange;
    private final Names names = new Names(digests);
    private final FailureMode failureMode = new FailureMode();
    private final SelfTests selfTests;
    private final Orderly orderly = new Orderly();
    private final Startup startup = new Startup();
    private final Platform platform;
    private final Hierarchies hierarchies;
    private final Tickets tickets;
    private final TpmClock clock;
    private final DictionaryAttack dictionaryAttack;
    private final CommandAudit commandAudit;
    private final PhysicalPresence physicalPresence;
    private final AlgorithmSet algorithmSet;
    private final ReadOnlyMode readOnlyMode;
    private final CountdownTimers countdownTimers;
    private final PcrBanks pcrs;
    private final NvMemory nv;
    private final ObjectTable objects;
    private final SessionTable sessions;

    /** The parts of a new TPM, with fresh seeds. */
    public TpmState(
            AlgorithmProfile profile,
            Platform platform,
            AsymmetricProvider asymmetric,
            Entropy seed,
            PlatformTimer timer) {
        this.profile = profile;
        this.platform = platform;
        this.asymmetric = asymmetric;
        this.random = new TpmRandom(seed);
        this.rsaSignatures = new RsaSignatures(asymmetric, random, keyDerivation);
        this.rsaEncryption = new RsaEncryption(asymmetric, random);
        this.ecc = new Ecc(asymmetric, random);
        this.commitments = new Commitments(keyDerivation, ecc, random, orderly);
        this.signatures = new Signatures(
                rsaSignatures,
                ecc,
                new SchnorrSignatures(ecc, digests, random),
                new Sm2Signatures(ecc, random),
                hmacs,
                commitments);
        this.selfTests = new SelfTests(profile, asymmetric, random, platform, failureMode);
        this.secretExchange = new SecretExchange(profile, random, rsaEncryption, ecc, keyDerivation);
        Entropy entropy = bytes -> random.fill(bytes, 0, bytes.length);
        this.hierarchies = new Hierarchies(entropy, orderly);
        this.clock = new TpmClock(timer, entropy, orderly);
        this.tickets = new Tickets(hmacs, hierarchies, clock);
        this.dictionaryAttack = new DictionaryAttack(clock, orderly);
        this.commandAudit = new CommandAudit(Tickets.HASH, digests, orderly);
        this.physicalPresence = new PhysicalPresence(orderly);
        this.algorithmSet = new AlgorithmSet(orderly);
        this.readOnlyMode = new ReadOnlyMode(orderly);
        this.countdownTimers = new CountdownTimers(timer, orderly);
        this.pcrs = new PcrBanks(profile, digests, orderly);
        this.nv = new NvMemory(names, hierarchies, orderly);
        this.objects = new ObjectTable(orderly);
        this.sessions = new SessionTable(orderly);
    }

    /** The algorithms that the TPM offers. */
    public AlgorithmProfile profile() {
        return profile;
    }

    /** The random number generator. */
    public TpmRandom randomGenerator() {
        return random;
    }

    /** {@code size} random bytes. */
    public Tpm2b random(int size) {
        return Tpm2b.wrap(random.generate(size));
    }

    /** Hash functions. */
    public Digests digests() {
        return digests;
    }

    /** HMAC. */
    public Hmacs hmacs() {
        return hmacs;
    }

    /** KDFa, KDFe and the like. */
    public KeyDerivation keyDerivation() {
        return keyDerivation;
    }

    /** Block ciphers. */
    public SymmetricCipher symmetricCipher() {
        return symmetricCipher;
    }

    /** XOR obfuscation. */
    public XorObfuscation xorObfuscation() {
        return xorObfuscation;
    }

    /** RSA signatures. */
    public RsaSignatures rsaSignatures() {
        return rsaSignatures;
    }

    /** RSA encryption. */
    public RsaEncryption rsaEncryption() {
        return rsaEncryption;
    }

    /** Elliptic curves. */
    public Ecc ecc() {
        return ecc;
    }

    /** Ephemeral keys of TPM2_Commit and TPM2_EC_Ephemeral. */
    public Commitments commitments() {
        return commitments;
    }

    /** Signatures with objects as keys. */
    public Signatures signatures() {
        return signatures;
    }

    /** Operations with private keys, and key generation. */
    public AsymmetricProvider asymmetric() {
        return asymmetric;
    }

    /** Secrets encrypted to asymmetric keys. */
    public SecretExchange secretExchange() {
        return secretExchange;
    }

    /** Names of entities. */
    public Names names() {
        return names;
    }

    /** The tests of the algorithms. */
    public SelfTests selfTests() {
        return selfTests;
    }

    /** Whether the TPM has failed. */
    public FailureMode failureMode() {
        return failureMode;
    }

    /** How the TPM was shut down, and whether there is something to commit. */
    public Orderly orderly() {
        return orderly;
    }

    /** How the TPM was started. */
    public Startup startup() {
        return startup;
    }

    /** What the platform asserts. */
    public Platform platform() {
        return platform;
    }

    /** Seeds, proofs and authorizations. */
    public Hierarchies hierarchies() {
        return hierarchies;
    }

    /** Tickets, authenticated with the hierarchies' proofs. */
    public Tickets tickets() {
        return tickets;
    }

    /** Time and Clock. */
    public TpmClock clock() {
        return clock;
    }

    /** Dictionary attack protection. */
    public DictionaryAttack dictionaryAttack() {
        return dictionaryAttack;
    }

    /** Command audit. */
    public CommandAudit commandAudit() {
        return commandAudit;
    }

    /** Which commands need physical presence. */
    public PhysicalPresence physicalPresence() {
        return physicalPresence;
    }

    /** What TPM2_SetAlgorithmSet chose. */
    public AlgorithmSet algorithmSet() {
        return algorithmSet;
    }

    /** Read-only mode. */
    public ReadOnlyMode readOnlyMode() {
        return readOnlyMode;
    }

    /** Authenticated countdown timers. */
    public CountdownTimers countdownTimers() {
        return countdownTimers;
    }

    /** PCRs. */
    public PcrBanks pcrs() {
        return pcrs;
    }

    /** NV indices. */
    public NvMemory nv() {
        return nv;
    }

    /** Transient and persistent objects. */
    public ObjectTable objects() {
        return objects;
    }

    /** Sessions. */
    public SessionTable sessions() {
        return sessions;
    }

    /** The transient or persistent object with this handle, or null. */
    public LoadedObject object(int handle) {
        return TpmHt.PERSISTENT.holds(handle) ? objects.persistentObject(handle) : objects.transientObject(handle);
    }

    /** Throws TPM_RC_NV_UNAVAILABLE unless stable storage can be written. */
    public void requireNv() {
        if (!platform.nvAvailable()) {
            throw TpmException.of(TpmRc.NV_UNAVAILABLE);
        }
    }

    /** Throws TPM_RC_NV_UNAVAILABLE if a change of {@code index} must be stored at once and cannot be. */
    public void requireNv(NvIndex index) {
        if (index.attributes().orderly()) {
            requireNvIfOrderly();
        } else {
            requireNv();
        }
    }

    /**
     * Throws TPM_RC_NV_UNAVAILABLE if the TPM is in an orderly state, which the caller is about to end, and stable storage
     * cannot be written.
     */
    public void requireNvIfOrderly() {
        if (orderly.shutdown() != ShutdownKind.NONE) {
            requireNv();
        }
    }

    /** Overwrites the secrets in memory. */
    public void wipe() {
        hierarchies.wipe();
        objects.flushAll();
        sessions.wipe();
        commitments.wipe();
        nv.wipe();
    }
}
