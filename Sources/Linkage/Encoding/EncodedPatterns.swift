/// How often each comparison pattern occurs among pairs: all that a model needs to learn.
public struct EncodedPatterns: Sendable {
    public private(set) var counts: [UInt32: Int] = [:]

    public init() {}

    @inline(__always)
    public mutating func add(_ pattern: UInt32, times: Int = 1) { counts[pattern, default: 0] += times }

    /// In order of the patterns, so that sums come out alike on every run.
    public var sorted: [(pattern: UInt32, count: Int)] {
        counts.map { (pattern: $0.key, count: $0.value) }.sorted { $0.pattern < $1.pattern }
    }
}
