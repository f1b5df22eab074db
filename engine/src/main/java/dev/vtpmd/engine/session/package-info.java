/** Authorization sessions: HMAC, policy and trial (Part 1, 19.6 and 19.7; Part 3, 11). */
package dev.vtpmd.engine.session;
