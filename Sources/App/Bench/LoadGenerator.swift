import Foundation

/// Asks for pages again and again, with `wrk` from Debian.
struct LoadGenerator: Sendable {
    let address: String

    /// Requests to send in turn: what each one asks, with its cookie and, where something is sent, its form.
    struct Request: Sendable {
        let path: String
        let cookie: String
        var form: String?
    }

    func waitUntilReady() async throws {
        for _ in 0..<100 {
            if (try? get(Request(path: "/help", cookie: ""))) != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CommandFailure("The server did not come up on \(address).")
    }

    /// One answer, to count its statements and bytes. Anything but 200 is a failure of the benchmark.
    func get(_ request: Request) throws -> (queries: Int, bytes: Int) {
        let (head, text) = try send(request)
        guard head.hasPrefix("HTTP/1.1 200") else {
            throw CommandFailure("\(request.path) answered \(head.prefix(40)).")
        }
        return (Self.field("x-queries", of: head).flatMap { Int($0) } ?? 0, text.utf8.count)
    }

    /// Sends a form and answers where it leads.
    func post(_ request: Request) throws -> String {
        let (head, _) = try send(request)
        guard let location = Self.field("location", of: head) else {
            throw CommandFailure("\(request.path) answered \(head.prefix(40)).")
        }
        return location
    }

    private func send(_ request: Request) throws -> (head: String, text: String) {
        var arguments = ["-s", "-o", "/dev/stdout", "-D", "/dev/stderr", "-H", "Cookie: \(request.cookie)"]
        if let form = request.form { arguments += ["--data-raw", form, "-H", "Origin: \(address)"] }
        let output = try run("curl", arguments + [address + request.path])
        return (output.errors, output.text)
    }

    private static func field(_ name: String, of head: String) -> String? {
        head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    /// Answers a second at so many connections, the requests in turn; a failed answer fails the benchmark.
    func load(_ requests: [Request], connections: Int, seconds: Int) throws -> Double {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).lua")
        try Data(script(requests).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try run("wrk", ["-t1", "-c\(connections)", "-d\(seconds)s", "-s", file.path, address])
        if output.text.contains("Non-2xx") || output.text.contains("Socket errors") {
            throw CommandFailure("\(requests[0].path) failed under load.")
        }
        guard let line = output.text.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") }),
            let rate = Double(line.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) else {
            throw CommandFailure("wrk did not run. Install Debian's package wrk.")
        }
        return rate
    }

    /// What wrk runs. Everything in it is percent-encoded or a token of ours, so nothing needs escaping.
    private func script(_ requests: [Request]) -> String {
        let lines = requests.map { request in
            request.form.map { form in
                """
                wrk.format("POST", "\(request.path)", {["Cookie"] = "\(request.cookie)", ["Origin"] = "\(address)",
                  ["Content-Type"] = "application/x-www-form-urlencoded"}, "\(form)"),
                """
            } ?? "wrk.format(\"GET\", \"\(request.path)\", {[\"Cookie\"] = \"\(request.cookie)\"}),"
        }
        return """
            local n, all = 0, {}
            function init() all = {
            \(lines.joined(separator: "\n"))
            } end
            function request() n = n + 1; return all[(n - 1) % #all + 1] end
            """
    }

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

extension LoadGenerator.Request {
    /// A form as a browser would send it.
    static func form(_ fields: [(String, String)]) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
        return fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: plain) ?? "")"
        }.joined(separator: "&")
    }
}
