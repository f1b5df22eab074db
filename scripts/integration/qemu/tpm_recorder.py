#!/usr/bin/env python3
"""Stands between QEMU and a TPM's control socket and writes down the commands that the guest sends.

tpm_recorder.py LISTEN-PATH TPM-CONTROL-PATH RECORD: each line of RECORD is `command response` in hex, or
`control code result` for the control channel. Ends when QEMU closes the control connection.
"""
import array
import os
import socket
import sys
import threading

SET_DATAFD = 0x10


def receive(connection):
    data, ancillary, _, _ = connection.recvmsg(65536, socket.CMSG_SPACE(4))
    descriptors = array.array("i")
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(content[:4])
    return data, list(descriptors)


def read_packet(connection):
    """One TPM command or response, by the size in its header; empty at the end."""
    data = b""
    while len(data) < 10 or len(data) < int.from_bytes(data[2:6], "big"):
        piece = connection.recv(65536)
        if not piece:
            return b""
        data += piece
    return data


def relay_data(guest, tpm, record):
    while command := read_packet(guest):
        tpm.sendall(command)
        response = read_packet(tpm)
        guest.sendall(response)
        record.write(f"{command.hex()} {response.hex()}\n")
    tpm.close()


def main(listen_path, control_path, record_path):
    with socket.socket(socket.AF_UNIX) as listener, open(record_path, "w", buffering=1) as record:
        listener.bind(listen_path)
        listener.listen(1)
        qemu, _ = listener.accept()
        tpm = socket.socket(socket.AF_UNIX)
        tpm.connect(control_path)
        while True:
            request, descriptors = receive(qemu)
            if not request:
                break
            if descriptors:
                ours, theirs = socket.socketpair()
                guest = socket.socket(fileno=descriptors[0])
                tpm.sendmsg([request], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [theirs.fileno()]))])
                theirs.close()
                threading.Thread(target=relay_data, args=(guest, ours, record), daemon=True).start()
            else:
                tpm.sendall(request)
            # A state blob follows its request in a write of its own, without a reply in between.
            if request[:4] == bytes.fromhex("0000000d"):
                expected = 16 + int.from_bytes(request[12:16], "big")
                while len(request) < expected:
                    piece = qemu.recv(65536)
                    tpm.sendall(piece)
                    request += piece
            reply = tpm.recv(65536)
            if request[:4] == bytes.fromhex("0000000c") and len(reply) >= 16:
                expected = 16 + int.from_bytes(reply[12:16], "big")
                while len(reply) < expected:
                    reply += tpm.recv(65536)
            qemu.sendall(reply)
            record.write(f"control {request[:4].hex()} {reply[:4].hex()}\n")
        tpm.close()
    os.unlink(listen_path)


if __name__ == "__main__":
    main(*sys.argv[1:])
