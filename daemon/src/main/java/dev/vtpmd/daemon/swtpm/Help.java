package dev.vtpmd.daemon.swtpm;

/** What {@code --help} prints. */
final class Help {
    static final String TEXT = """
            Usage: swtpm socket [options]

            A TPM 2.0 behind swtpm's control and data channels.

            --tpm2           : be a TPM 2.0 (needed: TPM 1.2 is not supported)
            --tpmstate dir=<dir>|backend-uri=dir://<dir>[,mode=0...][,lock[=true|false]][,fsync]
                             : directory of the TPM's state; the environment variable TPM_PATH can name it instead;
                               state files have mode 0640 unless told otherwise, and always reach the disk
            --ctrl type=unixio|tcp[,path=<path>][,port=<port>[,bindaddr=<address>[,ifname=<ifname>]]]
                   [,fd=<fd>|clientfd=<fd>][,mode=0...][,uid=<uid>][,gid=<gid>][,terminate]
                             : control channel; fd is a listening socket, clientfd a connected one;
                               terminate: end with the control connection
            --server [type=tcp][,port=<port>[,bindaddr=<address>[,ifname=<ifname>]]][,fd=<fd>][,disconnect]
            --server type=unixio[,path=<path>][,fd=<fd>][,mode=0...][,uid=<uid>][,gid=<gid>][,disconnect]
                             : data channel; disconnect: close a connection after each response
            -p|--port <port> : as --server type=tcp,disconnect,port=<port>
            -f|--fd <fd>     : use this connected socket as data channel
            -t|--terminate   : end when a data connection ends
            -d|--daemon      : go to the background once the TPM is ready
            --flags [not-need-init][,startup-clear|startup-state|startup-none][,disable-auto-shutdown]
                             : not-need-init: start the TPM without waiting for INIT on the control channel;
                               startup-...: also send it TPM2_Startup;
                               disable-auto-shutdown: send no TPM2_Shutdown of its own accord
            --locality [reject-locality-4][,allow-set-locality]
                             : reject-locality-4: refuse locality 4 on the control channel
            --key file=<file>|fd=<fd>[,mode=aes-cbc|aes-256-cbc][,format=hex|binary][,remove[=true|false]]
            --key pwdfile=<file>|pwdfd=<fd>[,mode=aes-cbc|aes-256-cbc][,kdf=pbkdf2|sha512][,remove[=true|false]]
                             : encrypt the state files with this key, or with one made of this passphrase
            --migration-key  : as --key, for states that leave through the control channel
            --migration [incoming][,release-lock-outgoing]
                             : accepted; the state is always locked no earlier than the TPM starts
            --pid file=<file>|fd=<fd>
                             : write the process ID there
            --log file=<file>|fd=<fd>[,level=<n>][,prefix=<prefix>][,truncate]
                             : log there; '-' for no log; level 0 nothing, 1 events, 5 and above details
            --profile name=<name>
                             : the algorithms of a new TPM, for life; a TPM that is there must have this profile
            --seccomp action=none|kill|log
                             : accepted without effect
            -r|--runas <user>: accepted for the user that runs this already
            --print-capabilities, --print-states, --print-profiles, --print-info <flags>
                             : print that and end
            -v|--version, -h|--help
            """;

    private Help() {}
}
