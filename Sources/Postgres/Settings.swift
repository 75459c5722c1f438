import CLibpq

/// A connection string with the settings that every connection of ours has, ready for libpq.
struct Settings: Sendable {
    let keywords: [String]
    let values: [String]
    /// For the thread's name.
    let applicationName: String

    /// `conninfo` is `host=... dbname=...` or a `postgresql://` URL. What it says of timeouts wins over `timeouts`;
    /// formats are ours in any case, since reading values depends on them.
    /// Everything goes in the startup packet, so nothing is ever set between transactions.
    init(
        _ conninfo: String, applicationName: String, timeouts: [(String, String)], role: String?
    ) throws(PostgresError) {
        guard let options = PQconninfoParse(conninfo, nil) else {
            // libpq's message may quote the string, and so the password.
            throw PostgresError(.connection, reason: "the connection string is malformed")
        }
        defer { PQconninfoFree(options) }
        var pairs: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { pairs[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        // Planning a statement with its policies takes longer than running it, and PostgreSQL would plan anew each time
        // that it guesses, from a value, that a plan for this one value might be cheaper.
        var startup = ["-c plan_cache_mode=force_generic_plan"]
        startup += timeouts.map { "-c \($0)=\(Settings.escape($1))" }
        if let given = pairs["options"], !given.isEmpty { startup.append(given) }
        if let role { startup.append("-c role=\(Settings.escape(role))") }
        startup.append("-c DateStyle=ISO -c TimeZone=UTC -c IntervalStyle=iso_8601 -c bytea_output=hex")
        startup.append("-c extra_float_digits=1")
        pairs["options"] = startup.joined(separator: " ")
        pairs["client_encoding"] = "UTF8"
        pairs["application_name"] = pairs["application_name"] ?? applicationName
        // An unreachable or vanished host must not hold a connection's thread for TCP's own minutes.
        pairs["connect_timeout"] = pairs["connect_timeout"] ?? "5"
        pairs["keepalives_idle"] = pairs["keepalives_idle"] ?? "30"
        pairs["tcp_user_timeout"] = pairs["tcp_user_timeout"] ?? "15000"
        keywords = Array(pairs.keys)
        values = Array(pairs.values)
        self.applicationName = applicationName
    }

    /// In `options` a space separates and a backslash escapes.
    private static func escape(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing(" ", with: "\\ ")
    }
}
