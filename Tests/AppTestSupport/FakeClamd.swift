import Foundation
import Synchronization
@testable import App

/// Speaks clamd's protocol at a Unix socket of its own, well or badly.
final class FakeClamd: Sendable {
    enum Manner: Sendable {
        /// Finds what begins like the EICAR test; takes files up to `largest` bytes.
        case honest(largest: Int = .max)
        /// Listens to the end, and says exactly this.
        case says(String)
        /// Listens to the end, and answers `stream: OK` once it is let.
        case held
        /// Listens, and never says anything.
        case silent
        /// Takes the connection and reads nothing.
        case deaf
        /// Hangs up as soon as it knows what is wanted.
        case hangsUp
        /// Says so much and hangs up before it has been given the file.
        case hasty(String)
        /// Listens to the end, and talks without one.
        case endless
    }

    let path: String
    private let folder: URL
    private let listener: Int32
    private let manner: Manner
    private let letGo = Atomic(false)
    private let files = Mutex<[[UInt8]]>([])

    /// The files that came here whole.
    var received: [[UInt8]] { files.withLock { $0 } }
    var scanner: VirusScanner { VirusScanner(.socket(path)) }
    func scanner(patience: Duration) -> VirusScanner { VirusScanner(.socket(path), patience: patience) }

    /// Runs `body` beside one that behaves in this manner.
    static func behaving<Value>(_ manner: Manner, _ body: (FakeClamd) async throws -> Value) async throws -> Value {
        let clamd = try FakeClamd(manner)
        defer { clamd.end() }
        return try await body(clamd)
    }

    private init(_ manner: Manner) throws {
        self.manner = manner
        folder = URL(fileURLWithPath: "/tmp/clamd-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = folder.path + "/clamd.ctl"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0, listen(listener, 64) == 0 else { throw ScannerTrouble.unreachable(errno) }
        Thread.detachNewThread { [self] in
            while true {
                let visitor = accept(listener, nil, nil)
                if visitor < 0 { return }
                Thread.detachNewThread { [self] in
                    serve(visitor)
                    close(visitor)
                }
            }
        }
    }

    /// Those that are held get their answer.
    func answer() { letGo.store(true, ordering: .relaxed) }

    private func end() {
        answer()
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(at: folder)
    }

    private func serve(_ visitor: Int32) {
        if case .deaf = manner { return waitForGoodbye(visitor) }
        guard let command = word(visitor) else { return }
        if case .hangsUp = manner { return }
        if command == "zPING" {
            switch manner {
            case .silent: waitForGoodbye(visitor)
            case .says(let words): say(words, to: visitor)
            default: say("PONG", to: visitor)
            }
            return
        }
        if case .hasty(let words) = manner { return say(words, to: visitor) }
        guard command == "zINSTREAM", let file = file(visitor) else { return }
        files.withLock { $0.append(file) }
        switch manner {
        case .honest: say(file.starts(with: Self.eicar) ? "stream: Eicar-Test FOUND" : "stream: OK", to: visitor)
        case .says(let words): say(words, to: visitor)
        case .held:
            while !letGo.load(ordering: .relaxed) { usleep(2_000) }
            say("stream: OK", to: visitor)
        case .endless:
            let much = [UInt8](repeating: 65, count: 4_096)
            while send(visitor, much, much.count, Int32(MSG_NOSIGNAL)) > 0 {}
        default: waitForGoodbye(visitor)
        }
    }

    /// Nil when the visitor went away, or was told that it is too much.
    private func file(_ visitor: Int32) -> [UInt8]? {
        var file: [UInt8] = []
        while let head = exactly(4, visitor) {
            let length = head.reduce(0) { $0 << 8 | Int($1) }
            if length == 0 { return file }
            if case .honest(let largest) = manner, file.count + length > largest {
                say("INSTREAM size limit exceeded. ERROR", to: visitor)
                return nil
            }
            guard let piece = exactly(length, visitor) else { return nil }
            file += piece
        }
        return nil
    }

    private func exactly(_ count: Int, _ visitor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return recv(visitor, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
    }

    private func word(_ visitor: Int32) -> String? {
        var word: [UInt8] = []
        while let byte = exactly(1, visitor)?.first, word.count < 100 {
            if byte == 0 { return String(decoding: word, as: UTF8.self) }
            word.append(byte)
        }
        return nil
    }

    private func say(_ words: String, to visitor: Int32) {
        let bytes = Array(words.utf8) + [0]
        _ = send(visitor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Until the visitor hangs up; what it says is left lying.
    private func waitForGoodbye(_ visitor: Int32) {
        var wanted = pollfd(fd: visitor, events: 0, revents: 0)
        _ = poll(&wanted, 1, -1)
    }

    /// How the EICAR test file begins, in two pieces so that no scanner reports this file.
    static let eicar = Array((#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"# + #"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"#).utf8)
}
