import Synchronization

/// Counts for Prometheus: answers by class and how long they took. No label ever names a person or a record.
final class Metrics: Sendable {
    /// Upper bounds of the buckets, in milliseconds.
    static let bounds: [Double] = [1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000]

    private struct Numbers {
        var byClass = [Int](repeating: 0, count: 6)
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        var milliseconds = 0.0
        var gauges: [String: Double] = [:]
        /// Every duration since recording began; nil except in the benchmark.
        var recording: [Double]?
    }
    private let numbers = Mutex(Numbers())

    func count(_ status: Int, milliseconds: Double) {
        numbers.withLock { numbers in
            numbers.byClass[min(max(status / 100, 0), 5)] += 1
            numbers.buckets[Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count] += 1
            numbers.milliseconds += milliseconds
            numbers.recording?.append(milliseconds)
        }
    }

    /// Keeps every duration from now on, for the benchmark; answers those kept so far, sorted.
    func record() -> [Double] {
        numbers.withLock { numbers in
            defer { numbers.recording = [] }
            return (numbers.recording ?? []).sorted()
        }
    }

    func set(_ gauge: String, _ value: Double) { numbers.withLock { $0.gauges[gauge] = value } }

    /// The text that Prometheus reads.
    var exposition: String {
        numbers.withLock { numbers in
            var lines = ["# TYPE drystone_http_responses_total counter"]
            for index in 1...5 {
                lines.append("drystone_http_responses_total{class=\"\(index)xx\"} \(numbers.byClass[index])")
            }
            lines.append("# TYPE drystone_http_duration_milliseconds histogram")
            var running = 0
            for (bound, count) in zip(Self.bounds, numbers.buckets) {
                running += count
                lines.append("drystone_http_duration_milliseconds_bucket{le=\"\(Int(bound))\"} \(running)")
            }
            running += numbers.buckets[Self.bounds.count]
            lines.append("drystone_http_duration_milliseconds_bucket{le=\"+Inf\"} \(running)")
            lines.append("drystone_http_duration_milliseconds_sum \(numbers.milliseconds)")
            lines.append("drystone_http_duration_milliseconds_count \(running)")
            for (name, value) in numbers.gauges.sorted(by: { $0.key < $1.key }) {
                lines.append("# TYPE drystone_\(name) gauge")
                lines.append("drystone_\(name) \(value)")
            }
            return lines.joined(separator: "\n") + "\n"
        }
    }
}
