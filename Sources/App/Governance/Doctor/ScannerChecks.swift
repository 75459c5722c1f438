import Foundation

// The virus scanner: not only there, but at work.
extension Findings {
    /// Asks it, has it find the file that every scanner must find, and gives it the largest that a form takes.
    mutating func examineScanner(_ scanner: VirusScanner) async {
        guard let socket = scanner.socket else {
            let isOff = scanner.isSwitchedOff
            return advice(
                "Files that people upload are not scanned for viruses: "
                    + (isOff ? "the configuration says scanner = none." : "there is no virus scanner (clamd)."),
                "They are only ever downloads, never shown. To have them scanned: apt-get install clamav-daemon"
                    + (isOff ? ", and take that line away." : ""))
        }
        let name = "The virus scanner (clamd at \(socket))"
        if let trouble = await scanner.ping() { return wrong(name, trouble) }
        switch await scanner.verdict(on: Self.eicar) {
        case .harmful: break
        case .unknown(let trouble): return wrong(name, trouble)
        case .clean, .unasked:
            return wrong("\(name) answers, but does not find the test file that every scanner finds (EICAR).",
                         "It has no signatures: systemctl status clamav-freshclam says why.")
        }
        switch await scanner.verdict(on: [UInt8](repeating: 0, count: Upload.largest)) {
        case .clean: ok("\(name) finds the test file (EICAR), and takes files of 10 MB.")
        case .unknown(let trouble): wrong(name, trouble)
        case .harmful, .unasked:
            wrong("\(name) finds harm in a file of zeros.", "Nothing can be attached. Look at its signatures and log.")
        }
    }

    private mutating func wrong(_ name: String, _ trouble: ScannerTrouble) {
        var what = "\(name) \(trouble.words)"
        if case .said(let reply) = trouble { what += ": \(reply)" }
        let todo = switch trouble {
        case .unreachable(EACCES): "Let this user in: adduser drystone clamav, and restart the server."
        case .tooLarge: "In clamd.conf: StreamMaxLength 25M, as Debian has it, and restart it."
        case .said: "Its own log says more."
        default: "systemctl status clamav-daemon; it starts only when it has signatures (clamav-freshclam)."
        }
        let isPartial = trouble == .tooLarge
        wrong(what + ".", (isPartial ? "Such files are refused. " : "Until it answers, every file is refused. ") + todo)
    }

    /// The harmless file that every scanner reports (EICAR). Backwards here, or scanners would report this program.
    private static let eicar = Array(
        #"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"#.utf8.reversed())
}
