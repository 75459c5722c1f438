import Foundation

/// A program of ours in a process of its own, which reads all that it is told and then answers. What is said passes
/// through a socket that nobody else has: nothing of it is on disk, in an argument or in the environment. Each call
/// blocks its thread.
struct HelperProcess {
    let program: String
    let arguments: [String]
    /// Bytes of the longest answer.
    let most: Int
    let until: ContinuousClock.Instant
    let isGivenUp: @Sendable () -> Bool

    /// What it answers to `words`; nil when it can't start, ends badly, says too much, or not in time.
    func answer(to words: [UInt8]) -> [UInt8]? {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        let (ours, theirs) = (ends[0], ends[1])
        _ = fcntl(ours, F_SETFL, O_NONBLOCK)
        let process = start(on: theirs)
        close(theirs)
        let answer = process == nil ? nil : converse(ours, words)
        close(ours)
        guard let process else { return nil }
        return hasEndedWell(process, isWaitedFor: answer != nil) ? answer : nil
    }

    /// Its number until somebody has asked how it ended, which only `hasEndedWell` does: no other process can have it.
    /// It gets no descriptor but these: whoever started this server may have left others open.
    private func start(on descriptor: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            if let open = Int32(name), open > 2 { posix_spawn_file_actions_addclose(&actions, open) }
        }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let environment = [strdup("LANG=C.UTF-8"), nil]
        defer { for word in words + environment { free(word) } }
        var process: pid_t = 0
        return posix_spawn(&process, program, &actions, &attributes, words, environment) == 0 ? process : nil
    }

    /// Tells and hears at once: it may answer before it has read everything.
    private func converse(_ descriptor: Int32, _ words: [UInt8]) -> [UInt8]? {
        var sent = 0
        var heard: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            if sent < words.count {
                let count = words.withUnsafeBytes { all in
                    send(descriptor, all.baseAddress! + sent, all.count - sent, Int32(MSG_NOSIGNAL))
                }
                if count < 0, errno != EAGAIN, errno != EINTR { return nil }
                sent += max(0, count)
                if sent == words.count { shutdown(descriptor, Int32(SHUT_WR)) }
            }
            let count = recv(descriptor, &piece, piece.count, 0)
            if count > 0 {
                heard += piece[..<count]
                if heard.count > most { return nil }
            } else if count == 0 {
                return sent == words.count ? heard : nil
            } else if errno == EAGAIN {
                let left = until - .now
                guard left > .zero, !isGivenUp() else { return nil }
                var wanted = pollfd(
                    fd: descriptor, events: Int16(sent < words.count ? POLLIN | POLLOUT : POLLIN), revents: 0)
                // In short steps, so that somebody who has gone away holds no thread.
                poll(&wanted, 1, Int32(min(left / .milliseconds(1), 100).rounded(.up)))
            } else if errno != EINTR {
                return nil
            }
        }
    }

    /// Waits for its end, and brings it about where nobody waits for it, or no longer.
    private func hasEndedWell(_ process: pid_t, isWaitedFor: Bool) -> Bool {
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return status == 0 }
            if ended < 0, errno != EINTR { return false }
            if !isWaitedFor || until < .now || isGivenUp() { kill(process, SIGKILL) }
            usleep(2_000)
        }
    }
}
