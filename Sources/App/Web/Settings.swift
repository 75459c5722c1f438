import Foundation

/// What the operator decides, read from a file of `key = value` lines.
public struct Settings: Sendable {
    public var listenHost = "127.0.0.1"
    public var listenPort = 8080
    public var metricsPort: Int?
    public var publicURL: String
    /// libpq connection string without a user; each role's own string may replace it.
    public var database: String
    public var roles: [String: String] = [:]
    public var keys: String
    public var assets: String
    public var witness: String?
    /// Where it is kept who was deleted; nothing: beside the keys.
    public var tombstones: String?
    /// Where quick exit leads: a neutral page outside.
    public var exitURL = "https://www.bbc.co.uk/weather"
    public var partnership: String?
    public var breachList: String?
    /// The virus scanner for files that people upload.
    var scanner = VirusScanner.Choice.usual
    public var demonstration = false
    /// Two for each processor. More at once only take turns: with 16 on two processors every page was
    /// slower, the slowest twenty-fifth by half.
    public var poolSize = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)
    /// Off in the benchmark only, which asks a thousand times a second as one person.
    var limitsRates = true
    /// "Not found" is answered at a multiple of this: longer than the database ever takes to find out. Zero in tests.
    var notFoundStep = Duration.milliseconds(50)
    /// How long an answer that takes long to count is kept.
    var answersKept = Duration.seconds(60)
    /// Behind the shipped reverse proxy: take the visitor's address from X-Forwarded-For.
    public var behindProxy = false

    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    public init(file: String) throws {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Unusable(description: "Can't read the configuration \(file). Check that it exists and may be read.")
        }
        try self.init(text: text)
    }

    public init(text: String) throws {
        var values: [String: String] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                throw Unusable(description: "Line \(number + 1) of the configuration has no '='.")
            }
            values[line[..<equals].trimmingCharacters(in: .whitespaces)] =
                line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        func required(_ key: String) throws -> String {
            guard let value = values[key], !value.isEmpty else {
                throw Unusable(description: "The configuration has no '\(key)'.")
            }
            return value
        }
        database = try ProcessInfo.processInfo.environment["DATABASE_URL"] ?? required("database")
        keys = try required("keys")
        assets = try required("assets")
        if let listen = values["listen"] {
            guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]) else {
                throw Unusable(description: "'listen' must look like 127.0.0.1:8080.")
            }
            (listenHost, listenPort) = (String(listen[..<colon]), port)
        }
        metricsPort = values["metrics"].flatMap { $0.split(separator: ":").last.flatMap { Int($0) } }
        publicURL = values["public_url"] ?? "http://127.0.0.1:\(listenPort)"
        witness = values["witness"]
        tombstones = values["tombstones"]
        exitURL = values["exit_url"] ?? exitURL
        partnership = values["partnership"]
        breachList = values["breach_list"]
        scanner = try Self.scanner(values["scanner"])
        demonstration = values["demonstration"] == "true"
        behindProxy = values["behind_proxy"] == "true"
        poolSize = values["pool"].flatMap { Int($0) } ?? poolSize
        for role in ["app", "auth", "auditor", "migrator"] { roles[role] = values["database_\(role)"] }
    }

    /// `none`, or where clamd listens. A slip of the pen must not switch it off.
    private static func scanner(_ value: String?) throws -> VirusScanner.Choice {
        guard let value else { return .usual }
        if value == "none" { return .none }
        guard value.hasPrefix("/") else {
            throw Unusable(description: "'scanner' must be the path of clamd's socket, such as "
                + "\(VirusScanner.usualSocket), or none.")
        }
        return .socket(value)
    }

    /// The connection string for one of the database's roles: `app`, `auth`, `auditor`, `migrator`.
    public func database(as role: String) -> String {
        if let own = roles[role] { return own }
        if database.contains("://") {
            return database + (database.contains("?") ? "&" : "?") + "user=drystone_\(role)"
        }
        return database + " user=drystone_\(role)"
    }

    /// Names under which the site may be asked for; anything else is refused.
    public var hosts: Set<String> {
        let named = URL(string: publicURL).flatMap { url in
            url.host.map { host in url.port.map { "\(host):\($0)" } ?? host }
        }
        return Set([named, "\(listenHost):\(listenPort)", "localhost:\(listenPort)"].compactMap { $0 })
    }
}
