import Glibc

/// One conversation with a program on this machine over its Unix socket. Each step blocks its thread, and the whole
/// is over by `until`, or as soon as nobody waits for it any longer.
final class UnixConversation {
    private let descriptor: Int32
    private let until: ContinuousClock.Instant
    private let isGivenUp: @Sendable () -> Bool

    init(
        at path: String, until: ContinuousClock.Instant, isGivenUp: @escaping @Sendable () -> Bool
    ) throws(ScannerTrouble) {
        (self.until, self.isGivenUp) = (until, isGivenUp)
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_UNIX, kind, 0)
        if descriptor < 0 { throw .unreachable(errno) }
        try connect(to: path)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private func connect(to path: String) throws(ScannerTrouble) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { throw .unreachable(ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        while true {
            let status = withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            if status == 0 || errno == EISCONN { return }
            // Too many wait to be let in: a Unix socket can't say when there is room again.
            guard errno == EAGAIN || errno == EINTR else { throw .unreachable(errno) }
            _ = try left()
            usleep(20_000)
        }
    }

    /// Sends all of it. False when the other side has hung up; what it said before can still be read.
    func say(_ bytes: ArraySlice<UInt8>) throws(ScannerTrouble) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                send(descriptor, all.baseAddress! + sent, all.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                try wait(for: POLLOUT)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// What the other side says up to its next zero byte, which must come within `most` bytes.
    func hear(most: Int) throws(ScannerTrouble) -> String {
        var heard: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1_024)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count > 0 {
                heard += piece[..<count]
                if let end = heard.firstIndex(of: 0), end <= most {
                    return String(decoding: heard[..<end], as: UTF8.self)
                }
                if heard.count > most { throw .said("more than makes sense") }
            } else if count < 0, errno == EAGAIN {
                try wait(for: POLLIN)
            } else if count == 0 || errno != EINTR {
                throw .hungUp
            }
        }
    }

    /// Waits until something can be done, which may be to learn of an error.
    private func wait(for event: Int32) throws(ScannerTrouble) {
        while true {
            var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            // In short steps, so that somebody who has gone away holds no thread.
            let milliseconds = min(try left() / .milliseconds(1), 100)
            if poll(&wanted, 1, Int32(milliseconds.rounded(.up))) > 0 { return }
        }
    }

    private func left() throws(ScannerTrouble) -> Duration {
        let left = until - .now
        guard left > .zero, !isGivenUp() else { throw .tooSlow }
        return left
    }
}
