import Foundation
import Logging

/// Writes each log event as one line of JSON on standard error; standard output is for `ready`.
/// Level info and above, always: what the frameworks log below that may quote what people typed.
struct LineLog: LogHandler {
    let label: String
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String) { self.label = label }

    /// Never below info, whatever is asked.
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        var line = "{\"at\":\"\(Date().formatted(Self.time))\",\"level\":\"\(event.level)\""
        line += ",\"label\":\(Self.quoted(label)),\"message\":\(Self.quoted(event.message.description))"
        for (key, value) in fields { line += ",\(Self.quoted(key)):\(Self.quoted("\(value)"))" }
        FileHandle.standardError.write(Data((line + "}\n").utf8))
    }

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// A JSON string on one line, whatever is in it.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20 || [0x7f, 0x85, 0x2028, 0x2029].contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
