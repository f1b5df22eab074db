package dev.vtpmd.daemon.audit;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One line of the audit log. What does not apply is left out, and null here. None of it is secret.
 *
 * @param time in UTC, ISO 8601
 * @param kind {@code act} for what somebody asked for at the administration socket, {@code event} for what became of an instance
 * @param what which act or event
 * @param instance its name
 * @param uuid the instance's
 * @param uid user of who asked
 * @param gid group of who asked
 * @param pid process of who asked
 * @param result of an act: {@code done}, {@code refused} for want of rights, or {@code failed}
 * @param detail in words, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditLine(
        String time,
        String kind,
        String what,
        String instance,
        String uuid,
        Long uid,
        Long gid,
        Integer pid,
        String result,
        String detail) {}
