import Foundation

/// `drystone breach-list build`.
public enum BreachListCommand {
    /// Builds a list for `breach_list` of the configuration; answers how many passwords it knows.
    public static func build(from source: String, to destination: String) throws -> Int {
        let new = destination + ".new"
        defer { try? FileManager.default.removeItem(atPath: new) }
        let count = try BreachList.build(from: URL(fileURLWithPath: source), to: URL(fileURLWithPath: new))
        if count == 0 { throw CommandFailure("\(source) holds no password, so no list was made.", kind: .unreadable) }
        // Written for the command's user alone; the server, which may be another user, has to read it.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: new)
        guard rename(new, destination) == 0 else {
            throw CommandFailure("\(destination) can't be written.", kind: .unreadable)
        }
        return count
    }
}
