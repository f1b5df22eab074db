"""Hands a control port one end of a socket pair, as QEMU does, and sends TPM commands into the other.

Usage: hand-over-data-channel.py CONTROL-SOCKET COMMAND-HEX...
Prints the control port's reply, then one response a line.
"""

import array
import socket
import sys

socket.setdefaulttimeout(10)
SET_DATAFD = bytes.fromhex("00000010")


def hand_over(control, descriptor):
    rights = array.array("i", [descriptor])
    control.sendmsg([SET_DATAFD], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
    return control.recv(64).hex()


control = socket.socket(socket.AF_UNIX)
control.connect(sys.argv[1])
ours, theirs = socket.socketpair()
print(hand_over(control, theirs.fileno()))
theirs.close()
for command in sys.argv[2:]:
    ours.send(bytes.fromhex(command))
    print(ours.recv(4096).hex())
other, surplus = socket.socketpair()
print("second:", hand_over(control, surplus.fileno()))
surplus.close()
print("left open:", other.recv(1).hex() or "no")
