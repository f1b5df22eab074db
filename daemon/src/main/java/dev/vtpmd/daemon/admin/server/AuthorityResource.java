package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.AuthorityChangeDocument;
import dev.vtpmd.daemon.admin.AuthorityDocument;
import dev.vtpmd.daemon.admin.AuthorityRequestDocument;
import dev.vtpmd.daemon.certificate.Authority;
import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.certificate.Pem;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;
import org.bouncycastle.cert.X509CertificateHolder;

import java.io.IOException;
import java.util.List;

/** The certification authority of the service. */
final class AuthorityResource implements Resource {
    private static final String AUTHORITY = "/v1/authority";

    private final LocalAuthority authority;

    AuthorityResource(LocalAuthority authority) {
        this.authority = authority;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.get(AUTHORITY, AuthorityDocument.class, call -> show()),
                Route.patch(
                        "ca-change", AUTHORITY, AuthorityChangeDocument.class, AuthorityDocument.class, this::change),
                Route.post(
                        "ca-request",
                        AUTHORITY + "/request",
                        AuthorityRequestDocument.class,
                        AuthorityRequestDocument.class,
                        this::request));
    }

    private interface Work<T> {
        T result() throws IOException;
    }

    private static <T> T done(Work<T> work) throws InstanceException {
        try {
            return work.result();
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, "the certification authority: " + Failures.line(e), e);
        }
    }

    private Answer show() throws InstanceException {
        return done(authority::existing)
                .map(existing -> Answer.of(document(existing)))
                .orElseGet(() -> Answer.refused(
                        404,
                        "there is no certification authority yet; the first TPM with an endorsement key makes one, or"
                                + " a request for its certificate"));
    }

    private Answer request(Call<AuthorityRequestDocument> call) throws InstanceException {
        String subject = call.document().subject();
        return Answer.of(new AuthorityRequestDocument(subject, done(() -> authority.request(subject))));
    }

    private Answer change(Call<AuthorityChangeDocument> call) throws InstanceException {
        AuthorityChangeDocument wanted = call.document();
        if ((wanted.chain() == null) == (wanted.location() == null)) {
            throw new IllegalArgumentException("either a certificate or a location is needed");
        }
        return Answer.of(document(done(() -> wanted.chain() == null
                ? authority.publishedAt(wanted.location())
                : authority.install(wanted.chain()))));
    }

    private static AuthorityDocument document(Authority authority) {
        X509CertificateHolder certificate = authority.certificate();
        return new AuthorityDocument(
                certificate.getSubject().toString(),
                certificate.getIssuer().toString(),
                certificate.getSubject().equals(certificate.getIssuer()),
                certificate.getSerialNumber().toString(16),
                certificate.getNotBefore().toInstant().toString(),
                certificate.getNotAfter().toInstant().toString(),
                authority.location().orElse(null),
                Pem.text(authority.chain()),
                authority.former().isEmpty() ? null : Pem.text(authority.former()));
    }
}
