/** Command audit (Part 1, 32; Part 3, 21). */
package dev.vtpmd.engine.audit;
