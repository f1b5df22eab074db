package dev.vtpmd.engine.state;

import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a TPM's state is encoded: a header, then sections, big-endian. Header: magic {@code vTPM}, UINT16 version, UINT16 kind (1
 * permanent, 2 volatile). Section: UINT16 tag, UINT32 size, content.
 *
 * <p>A version is never changed once released: what a later version adds goes into sections of its own, and readers take the
 * default where a section is missing. A version newer than this one is refused.
 */
public final class StateEncoding {
    private static final int MAGIC = 0x7654504D;
    private static final int VERSION = 1;
    private static final int PERMANENT = 1;
    private static final int VOLATILE = 2;

    /** The sections. Tags are stored; a tag is never used again for something else. */
    private enum Section {
        PROFILE(1),
        SHUTDOWN(2),
        HIERARCHIES(3),
        CLOCK(4),
        DICTIONARY_ATTACK(5),
        PCRS(6),
        NV(7),
        OBJECTS(8),
        SAVED(9),
        STARTUP(10),
        SESSIONS(11),
        OWNER(12),
        OBJECT_CONTEXTS(13),
        COMMAND_AUDIT(14),
        PHYSICAL_PRESENCE(15),
        ALGORITHM_SET(16),
        COMMITMENTS(17),
        READ_ONLY_MODE(18),
        COUNTDOWN_TIMERS(19),
        PCR_RECONFIGURED(20);

        private final int tag;

        Section(int tag) {
            this.tag = tag;
        }

        static Section of(int tag) {
            for (Section section : values()) {
                if (section.tag == tag) {
                    return section;
                }
            }
            return null;
        }
    }

    private StateEncoding() {}

    /** The name of the profile that a permanent state was made with; that of the default where none is stored. */
    public static String profileName(byte[] permanentState) throws DamagedStateException {
        TpmReader in =
                sections(permanentState, PERMANENT, AlgorithmProfile.DEFAULT).get(Section.PROFILE);
        return in == null
                ? AlgorithmProfile.DEFAULT.name()
                : new String(in.bytes(in.remaining()), StandardCharsets.UTF_8);
    }

    /** The permanent state. After TPM2_Shutdown(STATE) it contains the volatile state, without transient objects. */
    public static byte[] permanent(TpmState tpm) {
        TpmWriter out = header(PERMANENT);
        section(out, Section.PROFILE, o -> o.bytes(tpm.profile().name().getBytes(StandardCharsets.UTF_8)));
        section(out, Section.SHUTDOWN, o -> o.u8(tpm.orderly().shutdown().ordinal()));
        section(out, Section.HIERARCHIES, tpm.hierarchies()::writePermanent);
        section(out, Section.CLOCK, tpm.clock()::writePermanent);
        section(out, Section.DICTIONARY_ATTACK, tpm.dictionaryAttack()::writePermanent);
        section(out, Section.PCRS, tpm.pcrs()::writePermanent);
        section(out, Section.NV, tpm.nv()::writePermanent);
        section(out, Section.OBJECTS, tpm.objects()::writePermanent);
        section(out, Section.COMMAND_AUDIT, tpm.commandAudit()::writePermanent);
        section(out, Section.PHYSICAL_PRESENCE, tpm.physicalPresence()::writePermanent);
        section(out, Section.ALGORITHM_SET, tpm.algorithmSet()::writePermanent);
        if (tpm.orderly().shutdown() == ShutdownKind.STATE) {
            section(out, Section.SAVED, o -> o.bytes(volatileState(tpm, false)));
        }
        return finish(out);
    }

    /** The volatile state: what a TPM needs besides its permanent state to go on where it was. */
    public static byte[] volatileState(TpmState tpm) {
        return volatileState(tpm, true);
    }

    /**
     * Restores a permanent state into {@code tpm}, which is new.
     *
     * @throws DamagedStateException if it cannot be taken
     */
    public static void restorePermanent(TpmState tpm, byte[] encoded) throws DamagedStateException {
        try {
            Map<Section, TpmReader> sections = sections(encoded, PERMANENT, tpm.profile());
            read(sections, Section.HIERARCHIES, tpm.hierarchies()::readPermanent);
            read(sections, Section.CLOCK, tpm.clock()::readPermanent);
            read(sections, Section.DICTIONARY_ATTACK, tpm.dictionaryAttack()::readPermanent);
            read(sections, Section.PCRS, tpm.pcrs()::readPermanent);
            read(sections, Section.NV, tpm.nv()::readPermanent);
            read(sections, Section.OBJECTS, tpm.objects()::readPermanent);
            read(sections, Section.COMMAND_AUDIT, tpm.commandAudit()::readPermanent);
            read(sections, Section.PHYSICAL_PRESENCE, tpm.physicalPresence()::readPermanent);
            read(sections, Section.ALGORITHM_SET, tpm.algorithmSet()::readPermanent);
            TpmReader saved = sections.get(Section.SAVED);
            if (saved != null) {
                restoreVolatile(tpm, saved.bytes(saved.remaining()));
            }
            TpmReader shutdown = sections.get(Section.SHUTDOWN);
            tpm.orderly().restore(ShutdownKind.values()[shutdown.u8()]);
        } catch (RuntimeException e) {
            // Whatever it is that a part cannot make out of these bytes.
            throw damaged("permanent");
        }
    }

    /**
     * Restores a volatile state into {@code tpm}, whose permanent state is there.
     *
     * @throws DamagedStateException if it cannot be taken, or was saved by a TPM with other seeds
     */
    public static void restoreVolatile(TpmState tpm, byte[] encoded) throws DamagedStateException {
        try {
            Map<Section, TpmReader> sections = sections(encoded, VOLATILE, tpm.profile());
            TpmReader owner = sections.get(Section.OWNER);
            if (!MessageDigest.isEqual(owner.bytes(owner.remaining()), fingerprint(tpm))) {
                throw new DamagedStateException("the volatile state belongs to another TPM");
            }
            read(sections, Section.STARTUP, tpm.startup()::readVolatile);
            read(sections, Section.HIERARCHIES, tpm.hierarchies()::readVolatile);
            read(sections, Section.CLOCK, tpm.clock()::readVolatile);
            read(sections, Section.DICTIONARY_ATTACK, tpm.dictionaryAttack()::readVolatile);
            read(sections, Section.PCRS, tpm.pcrs()::readVolatile);
            read(sections, Section.NV, tpm.nv()::readVolatile);
            read(sections, Section.OBJECTS, tpm.objects()::readVolatile);
            read(sections, Section.SESSIONS, tpm.sessions()::readVolatile);
            read(sections, Section.OBJECT_CONTEXTS, tpm.objects()::readContextNumber);
            read(sections, Section.COMMAND_AUDIT, tpm.commandAudit()::readVolatile);
            read(sections, Section.COMMITMENTS, tpm.commitments()::readVolatile);
            read(sections, Section.READ_ONLY_MODE, tpm.readOnlyMode()::readVolatile);
            read(sections, Section.COUNTDOWN_TIMERS, tpm.countdownTimers()::readVolatile);
            read(sections, Section.PCR_RECONFIGURED, tpm.pcrs()::readReconfigured);
        } catch (RuntimeException e) {
            throw damaged("volatile");
        }
    }

    private static byte[] volatileState(TpmState tpm, boolean withObjects) {
        TpmWriter out = header(VOLATILE);
        section(out, Section.OWNER, o -> o.bytes(fingerprint(tpm)));
        section(out, Section.STARTUP, tpm.startup()::writeVolatile);
        section(out, Section.HIERARCHIES, tpm.hierarchies()::writeVolatile);
        section(out, Section.CLOCK, tpm.clock()::writeVolatile);
        section(out, Section.DICTIONARY_ATTACK, tpm.dictionaryAttack()::writeVolatile);
        section(out, Section.PCRS, tpm.pcrs()::writeVolatile);
        section(out, Section.NV, tpm.nv()::writeVolatile);
        if (withObjects) {
            section(out, Section.OBJECTS, tpm.objects()::writeVolatile);
        }
        section(out, Section.SESSIONS, tpm.sessions()::writeVolatile);
        section(out, Section.OBJECT_CONTEXTS, tpm.objects()::writeContextNumber);
        section(out, Section.COMMAND_AUDIT, tpm.commandAudit()::writeVolatile);
        section(out, Section.COMMITMENTS, tpm.commitments()::writeVolatile);
        section(out, Section.READ_ONLY_MODE, tpm.readOnlyMode()::writeVolatile);
        section(out, Section.COUNTDOWN_TIMERS, tpm.countdownTimers()::writeVolatile);
        section(out, Section.PCR_RECONFIGURED, tpm.pcrs()::writeReconfigured);
        return finish(out);
    }

    /** Tells TPMs apart without giving a secret away: a digest over proofs that no two TPMs share. */
    private static byte[] fingerprint(TpmState tpm) {
        return tpm.digests()
                .digest(
                        TpmiAlgHash.SHA256,
                        tpm.hierarchies().proof(TpmRh.PLATFORM).bytes(),
                        tpm.hierarchies().proof(TpmRh.ENDORSEMENT).bytes(),
                        tpm.hierarchies().proof(TpmRh.OWNER).bytes());
    }

    private static TpmWriter header(int kind) {
        TpmWriter out = new TpmWriter(8192);
        out.u32(MAGIC);
        out.u16(VERSION);
        out.u16(kind);
        return out;
    }

    private static byte[] finish(TpmWriter out) {
        byte[] encoded = out.toByteArray();
        out.wipe();
        return encoded;
    }

    private static void section(TpmWriter out, Section section, Consumer<TpmWriter> content) {
        out.u16(section.tag);
        int sizeOffset = out.position();
        out.u32(0);
        content.accept(out);
        out.putU32(sizeOffset, out.position() - sizeOffset - Integer.BYTES);
    }

    private static Map<Section, TpmReader> sections(byte[] encoded, int kind, AlgorithmProfile profile)
            throws DamagedStateException {
        Map<Section, TpmReader> sections = new EnumMap<>(Section.class);
        try {
            TpmReader in = new TpmReader(encoded, profile);
            if (in.u32() != MAGIC) {
                throw new DamagedStateException("this is not a state of vtpmd");
            }
            int version = in.u16();
            if (version > VERSION) {
                throw new DamagedStateException(
                        "the state has version %d; this release reads versions up to %d".formatted(version, VERSION));
            }
            if (in.u16() != kind) {
                throw new DamagedStateException("a permanent and a volatile state were mistaken for each other");
            }
            while (in.remaining() > 0) {
                Section section = Section.of(in.u16());
                int size = in.u32();
                int start = in.position();
                if (size < 0) {
                    throw damaged(kind == PERMANENT ? "permanent" : "volatile");
                }
                in.skip(size);
                if (section != null) {
                    sections.put(section, new TpmReader(encoded, start, size, profile));
                }
            }
        } catch (TpmException e) {
            throw damaged(kind == PERMANENT ? "permanent" : "volatile");
        }
        return sections;
    }

    private static void read(Map<Section, TpmReader> sections, Section section, Consumer<TpmReader> part) {
        TpmReader in = sections.get(section);
        if (in != null) {
            part.accept(in);
        }
    }

    private static DamagedStateException damaged(String kind) {
        return new DamagedStateException("the " + kind + " state is damaged");
    }
}
