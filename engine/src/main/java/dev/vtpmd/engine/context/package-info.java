/** Saved contexts of objects and sessions (Part 1, 30; Part 2, 14). */
package dev.vtpmd.engine.context;
