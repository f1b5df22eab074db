/** What policy commands share: the policy digest and the assertions that a session collects (Part 1, 19.7; Part 3, 23). */
package dev.vtpmd.engine.policy;
