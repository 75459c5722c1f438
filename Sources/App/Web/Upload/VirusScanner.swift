import Foundation
import Logging
import Synchronization

/// The virus scanner for files that people send. Where there is one, a file that it can't look at is not taken.
final class VirusScanner: Sendable {
    /// What the configuration says.
    enum Choice: Sendable, Equatable {
        case none
        case socket(String)
        /// Whatever listens where Debian's clamd does.
        case usual
    }

    enum Verdict: Sendable, Equatable {
        case clean, harmful
        /// There is no scanner.
        case unasked
        case unknown(ScannerTrouble)
    }

    /// Where Debian's clamd listens.
    static let usualSocket = "/run/clamav/clamd.ctl"
    static let off = VirusScanner(.none)

    private let choice: Choice
    private let usual: String
    /// Less than the proxy waits for a page; a document of 10 MB takes a second or two.
    private let patience: Duration
    /// It was there once: from then on its silence is a fault.
    private let wasSeen = Mutex(false)
    /// As many at a time as `FileRoom` has places.
    private let threads = DispatchQueue(label: "virus-scanning", qos: .userInitiated, attributes: .concurrent)

    init(_ choice: Choice, usual: String = VirusScanner.usualSocket, patience: Duration = .seconds(25)) {
        (self.choice, self.usual, self.patience) = (choice, usual, patience)
    }

    /// Where it is asked; nil when there is none. Asked anew each time: it may have come after the server.
    var socket: String? {
        switch choice {
        case .none: return nil
        case .socket(let path): return path
        case .usual:
            let isThere = FileManager.default.fileExists(atPath: usual)
            return wasSeen.withLock { wasSeen in
                if isThere { wasSeen = true }
                return wasSeen
            } ? usual : nil
        }
    }

    /// Switched off on purpose, not only absent.
    var isSwitchedOff: Bool { choice == .none }

    /// What it says of a file.
    func verdict(on bytes: [UInt8]) async -> Verdict {
        guard let socket else { return .unasked }
        let found = await ask(socket) { clamd throws(ScannerTrouble) in try clamd.finds(harmIn: bytes) }
        switch found {
        case .success(let isHarmful): return isHarmful ? .harmful : .clean
        case .failure(let trouble): return .unknown(trouble)
        }
    }

    /// Nil when it answers, and when there is none.
    func ping() async -> ScannerTrouble? {
        guard let socket else { return nil }
        let answer = await ask(socket, within: min(patience, .seconds(3))) { clamd throws(ScannerTrouble) in
            try clamd.ping()
        }
        if case .failure(let trouble) = answer { return trouble }
        return nil
    }

    /// Says in the log of a start whether files are scanned.
    func announce(_ logger: Logger) async {
        guard let socket else {
            logger.warning("files that people upload are not scanned for viruses", metadata: [
                "why": isSwitchedOff ? "scanner = none" : "nothing is at \(usual)",
            ])
            return
        }
        if let trouble = await ping() {
            logger.error("no file is taken: the virus scanner \(trouble.words)", metadata: ["scanner": "\(socket)"])
        } else {
            logger.info("files that people upload are scanned for viruses", metadata: ["scanner": "\(socket)"])
        }
    }

    /// Blocks a thread of its own, never one of Swift's few.
    private func ask<Value: Sendable>(
        _ socket: String, within patience: Duration? = nil,
        _ question: @escaping @Sendable (Clamd) throws(ScannerTrouble) -> Value
    ) async -> Result<Value, ScannerTrouble> {
        let given = GivenUp()
        let clamd = Clamd(socket: socket, patience: patience ?? self.patience) { given.up.load(ordering: .relaxed) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                threads.async {
                    done.resume(returning: Result { () throws(ScannerTrouble) in try question(clamd) })
                }
            }
        } onCancel: {
            given.up.store(true, ordering: .relaxed)
        }
    }

    /// The visitor has gone, or the server stops.
    private final class GivenUp: Sendable {
        let up = Atomic(false)
    }
}
