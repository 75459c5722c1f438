import Foundation


/// Asks for a page again and again, with `wrk` from Debian, as one signed-in visitor.
struct LoadGenerator: Sendable {
    let address: String
    let token: String

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    func waitUntilReady() async throws {
        for _ in 0..<100 {
            if (try? await get("/help")) != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Failed(description: "The server did not come up on \(address).")
    }

    /// One answer, to count its statements and bytes. Anything but 200 is a failure of the benchmark.
    func get(_ path: String) async throws -> (queries: Int, bytes: Int) {
        let output = try run("curl", ["-s", "-o", "/dev/stdout", "-D", "/dev/stderr", "-H", cookie, address + path])
        let queries = output.errors.split(whereSeparator: \.isNewline)
            .first { $0.lowercased().hasPrefix("x-queries:") }
            .flatMap { $0.split(separator: ":").last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } }
        guard output.errors.hasPrefix("HTTP/1.1 200") else {
            throw Failed(description: "\(path) answered \(output.errors.prefix(40)).")
        }
        return (queries ?? 0, output.text.utf8.count)
    }

    /// Answers a second at so many connections; an answer that isn't 200 fails the benchmark.
    func load(_ path: String, connections: Int, seconds: Int) throws -> Double {
        let output = try run("wrk", ["-t1", "-c\(connections)", "-d\(seconds)s", "-H", cookie, address + path])
        if output.text.contains("Non-2xx") { throw Failed(description: "\(path) did not answer 200 under load.") }
        guard let line = output.text.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") }),
            let rate = Double(line.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) else {
            throw Failed(description: "wrk did not run. Install Debian's package wrk.")
        }
        return rate
    }

    private var cookie: String { "Cookie: \(Cookies.session)=\(token)" }

    private func run(_ program: String, _ arguments: [String]) throws -> (text: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (out, err) = (Pipe(), Pipe())
        process.standardOutput = out
        process.standardError = err
        try process.run()
        let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errors = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, errors)
    }
}
