/**
 * Firmware images of virtual machines: whether one is UEFI firmware with TPM 2.0 support, and signed as an operator asks for.
 * Formats are those of the UEFI Platform Initialization specification, Volume 3; all numbers in them are little-endian.
 */
package dev.vtpmd.daemon.firmware;
