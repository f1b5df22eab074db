/** How a command's authorization area is read, checked and answered (Part 1, 18 and 19). */
package dev.vtpmd.engine.authorization;
