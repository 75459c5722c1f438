import Glibc

/// Why the virus scanner gave no answer that can be relied on.
enum ScannerTrouble: Error, Equatable {
    /// Nothing answers at the socket: the system's error.
    case unreachable(Int32)
    case tooSlow
    /// It ended the conversation before it had answered.
    case hungUp
    /// The file is longer than its StreamMaxLength.
    case tooLarge
    /// It reported an error, or said what makes no sense.
    case said(String)

    /// The end of a sentence that begins with the scanner. Nothing that came over the wire: it goes into the log.
    var words: String {
        switch self {
        case .unreachable(let code): "can’t be reached: \(String(cString: strerror(code)))"
        case .tooSlow: "did not answer in time"
        case .hungUp: "hung up before it had answered"
        case .tooLarge: "takes no files as large as this"
        case .said: "answered with an error"
        }
    }
}

/// clamd's own protocol (clamd(8), INSTREAM) over its Unix socket: a file goes there in pieces, one line comes back.
/// Every call blocks its thread; `VirusScanner` has threads for that.
struct Clamd {
    let socket: String
    let patience: Duration
    var isGivenUp: @Sendable () -> Bool = { false }

    private static let largestPiece = 64 * 1_024
    private static let longestReply = 4_096

    /// Whether something harmful was found in `bytes`.
    func finds(harmIn bytes: [UInt8]) throws(ScannerTrouble) -> Bool {
        let clamd = try UnixConversation(at: socket, until: .now + patience, isGivenUp: isGivenUp)
        var isThere = try clamd.say(Array("zINSTREAM\0".utf8)[...])
        var at = 0
        while isThere, at < bytes.count {
            let piece = bytes[at..<min(at + Self.largestPiece, bytes.count)]
            isThere = try clamd.say(Self.length(piece.count))
            if isThere { isThere = try clamd.say(piece) }
            at += piece.count
        }
        if isThere { isThere = try clamd.say(Self.length(0)) }
        // It hangs up on a file that is too long for it, and says so first.
        let isHarmful = try Self.verdict(try clamd.hear(most: Self.longestReply))
        // It can't have looked at what it did not take.
        if !isThere, !isHarmful { throw .hungUp }
        return isHarmful
    }

    /// Asks whether it is there.
    func ping() throws(ScannerTrouble) {
        let clamd = try UnixConversation(at: socket, until: .now + patience, isGivenUp: isGivenUp)
        guard try clamd.say(Array("zPING\0".utf8)[...]) else { throw .hungUp }
        let reply = try clamd.hear(most: Self.longestReply)
        if reply != "PONG" { throw .said(Self.plain(reply)) }
    }

    /// Four bytes, the largest first.
    private static func length(_ count: Int) -> ArraySlice<UInt8> {
        withUnsafeBytes(of: UInt32(count).bigEndian) { Array($0)[...] }
    }

    /// `stream: OK`, `stream: NAME FOUND`; everything else is trouble.
    private static func verdict(_ reply: String) throws(ScannerTrouble) -> Bool {
        if reply == "stream: OK" { return false }
        if reply.hasPrefix("stream: "), reply.hasSuffix(" FOUND") { return true }
        throw reply == "INSTREAM size limit exceeded. ERROR" ? .tooLarge : .said(plain(reply))
    }

    /// As much of a reply as can be shown on a terminal.
    private static func plain(_ reply: String) -> String {
        String(reply.unicodeScalars.prefix(100).map { (32..<127).contains($0.value) ? Character($0) : "?" })
    }
}
