import Foundation

/// `drystone breach-list build`.
public enum BreachListCommand {
    /// Builds a list for `breach_list` of the configuration; answers how many passwords it knows.
    public static func build(from source: String, to destination: String) throws -> Int {
        let count = try BreachList.build(
            from: URL(fileURLWithPath: source), to: URL(fileURLWithPath: destination))
        // Written for the command's user alone; the server, which may be another user, has to read it.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: destination)
        if count == 0 { throw CommandFailure("\(source) holds no password, so the list is empty.", kind: .unreadable) }
        return count
    }
}
