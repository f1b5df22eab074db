/** Keys: the host key, from wherever it comes, and the key of each instance. */
package dev.vtpmd.store.key;
