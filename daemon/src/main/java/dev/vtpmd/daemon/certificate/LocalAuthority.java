package dev.vtpmd.daemon.certificate;

import dev.vtpmd.store.StateStore;
import org.bouncycastle.asn1.x500.X500Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The certification authority of a service. It is made when it is first needed, and vouches for itself until the operator installs a
 * certificate that another authority has given to it. May be used by several threads.
 */
public final class LocalAuthority {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAuthority.class);
    private static final int LONGEST_LOCATION = 1024;

    private final StateStore store;
    private Authority known;

    /** The authority that is kept in {@code store}. */
    public LocalAuthority(StateStore store) {
        this.store = store;
    }

    /**
     * The authority as it is now; a new one where there is none.
     *
     * @throws IOException if it cannot be read, or a new one not be stored
     */
    public synchronized Authority current() throws IOException {
        if (existing().isEmpty()) {
            Authority created = Authority.create();
            keep(created);
            LOG.info(
                    "audit: certification authority '{}' made",
                    created.certificate().getSubject());
        }
        return known;
    }

    /**
     * The authority as it is now, if there is one.
     *
     * @throws IOException if it cannot be read
     */
    public synchronized Optional<Authority> existing() throws IOException {
        if (known == null) {
            Optional<byte[]> stored = store.authority();
            if (stored.isPresent()) {
                try {
                    known = AuthorityRecord.decode(stored.get());
                } finally {
                    Arrays.fill(stored.get(), (byte) 0);
                }
            }
        }
        return Optional.ofNullable(known);
    }

    /**
     * A request, in PKCS #10 and PEM, for a certificate for its key by another authority.
     *
     * @param subject the name to ask for (RFC 4514); null for the one that it has
     * @throws IllegalArgumentException if this is no name
     */
    public String request(String subject) throws IOException {
        Authority authority = current();
        X500Name name = subject == null ? authority.certificate().getSubject() : name(subject);
        return Pem.text("CERTIFICATE REQUEST", authority.request(name).getEncoded());
    }

    private static X500Name name(String subject) {
        try {
            X500Name name = new X500Name(subject);
            if (name.getRDNs().length > 0) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("no name", e);
        }
        throw new IllegalArgumentException("'" + subject.replaceAll("[^ -~]", "?")
                + "' is not the name of a subject, such as 'CN=vtpmd CA host1,O=Example'");
    }

    /**
     * Puts a certificate that another authority has given in place of the one that it had, durably.
     *
     * @param chain in PEM: the certificate, and those of who signed it
     * @throws IllegalArgumentException if the certificate does not fit; one line
     */
    public synchronized Authority install(String chain) throws IOException {
        Authority authority = current();
        keep(authority.with(InstalledChain.of(
                Pem.certificates(chain), authority.certificate().getSubjectPublicKeyInfo())));
        LOG.info(
                "audit: certificate of '{}' by '{}' installed",
                known.certificate().getSubject(),
                known.certificate().getIssuer());
        return known;
    }

    /**
     * Notes where its certificate can be fetched, durably; it is named in all that is signed from now on.
     *
     * @param location an http URL, or empty for nowhere
     * @throws IllegalArgumentException if it is none
     */
    public synchronized Authority publishedAt(String location) throws IOException {
        keep(current().at(location.isEmpty() ? Optional.empty() : Optional.of(requireUrl(location))));
        return known;
    }

    private static String requireUrl(String location) {
        try {
            URI uri = new URI(location);
            // RFC 5280, 4.2.2.1: http or ldap; nobody has ldap.
            if ("http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && location.length() <= LONGEST_LOCATION) {
                return location;
            }
        } catch (URISyntaxException e) {
            LOG.debug("no URI", e);
        }
        throw new IllegalArgumentException("'" + location.replaceAll("[^ -~]", "?") + "' is not an http:// URL");
    }

    private void keep(Authority authority) throws IOException {
        byte[] record = AuthorityRecord.encode(authority);
        try {
            store.keepAuthority(record);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
        known = authority;
    }
}
