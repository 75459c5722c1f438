import Foundation
import Postgres

/// Why a command stopped, in words for the person who typed it: what is wrong, and what to do next.
public struct CommandFailure: Error, CustomStringConvertible {
    /// What the exit status tells a script.
    public enum Kind: Int32, Sendable {
        /// It ran, and the answer is no.
        case no = 1
        /// Wrong usage, or input that can't be read.
        case unreadable = 2
    }

    /// The sentence or sentences.
    public let description: String
    /// The exit status.
    public let kind: Kind

    init(_ description: String, kind: Kind = .no) { (self.description, self.kind) = (description, kind) }

    /// The words for any error that a command may meet. No value of the database is ever among them.
    public init(explaining error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let unusable as Settings.Unusable: self.init(unusable.description, kind: .unreadable)
        case let missing as Keys.Missing: self.init(missing.description, kind: .unreadable)
        case let mismatch as Schema.Mismatch: self.init(mismatch.description)
        case let error as VaultError: self.init(Self.words(error), kind: error == .badKeyFile ? .unreadable : .no)
        case let error as BreachListError: self.init(Self.words(error), kind: .unreadable)
        case let error as PostgresError: self.init(Self.words(error))
        case let error as CocoaError: self.init(Self.words(error), kind: .unreadable)
        default: self.init("Stopped by an error that has no words of its own: \(error)")
        }
    }

    private static func words(_ error: PostgresError) -> String {
        switch error.kind {
        case .connection, .timeout:
            "The database can't be reached (\(error.reason ?? error.description)). Check that PostgreSQL is running, "
                + "and that 'database' in the configuration names it; `drystone doctor` looks closer."
        case .cancelled: "Stopped before it was done."
        case .query where error.sqlState == "42501":
            "The database refused: \(error). Its roles lack a right that they should have; run the statements of "
                + "`drystone migrate --bootstrap-sql` as its administrator, then `drystone migrate`."
        case .query where error.sqlState?.hasPrefix("53") == true:
            "The database has run out of disk, memory or connections (\(error)). `drystone doctor` says more."
        default: "The database refused: \(error)."
        }
    }

    private static func words(_ error: VaultError) -> String {
        switch error {
        case .badKeyFile:
            "A key file is damaged: it should be one line that begins with 'drystone-key-v1:'. Restore it from where "
                + "you keep copies of the keys."
        case .unknownKey:
            "The database holds keys wrapped by a master key that is not in the directory of keys. Restore that key; "
                + "`drystone vault status` says which one."
        case .refused: "A stored key or sealed value is altered, or belongs to another key. Restore from a backup."
        case .shredded: "What was asked for was destroyed on purpose."
        }
    }

    private static func words(_ error: BreachListError) -> String {
        switch error {
        case .unreadable: "The list can't be read, or its copy can't be written. Check the paths and the free disk."
        case .notAList: "The file is no list made by `drystone breach-list build`, or was cut short. Build it again."
        case .tooManyUnsorted:
            "The list is too long to sort in memory. Give the Pwned Passwords file that is ordered by hash."
        }
    }

    private static func words(_ error: CocoaError) -> String {
        let path = error.filePath ?? error.url?.path ?? "a file"
        return switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: "There is no \(path)."
        case .fileReadNoPermission, .fileWriteNoPermission:
            "\(path) may not be read or written by this user. Run the command as the user of the server."
        case .fileWriteOutOfSpace: "The disk is full: \(path) was not written."
        default: "\(path) can't be read or written (\(error.code.rawValue))."
        }
    }
}
