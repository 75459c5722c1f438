/// Takes a large file as it comes: it is never whole in memory, and no virus scanner sees it, so nobody gets it back.
/// Whoever takes it reads it as text, or as one format that is checked.
protocol FileTaker: Sendable {
    /// The next piece. Called again and again, also when nothing of it is of use any more: a browser shows the answer
    /// only to a form that was read.
    func take(_ bytes: [UInt8]) async throws
    /// The form has ended; what to answer.
    func finish(_ end: FileEnd) async throws -> Reply
}

/// How a form with a large file ended.
enum FileEnd: Sendable { case whole, none, tooLarge, several }

/// Limits of a large file.
enum LargeFile {
    static let bytes = 512 << 20
    /// The largest form with one: a little more, so that what was typed beside a file that is too large is answered.
    static let form = bytes + (64 << 20)
}
