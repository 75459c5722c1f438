import Foundation

/// `drystone demo`: fills an empty database with the invented partnership, once, and tells how its people sign in.
public enum DemoCommand {
    /// One line of the table that the launcher prints.
    public struct Line: Sendable {
        public let name: String
        public let email: String
        public let role: String
        public let agency: String
        public let password: String
        public let totpSecret: String
        /// The code of this moment.
        public let code: String
    }

    /// Seeds when nothing is seeded yet; a second run only reads how the cast signs in.
    public static func run(_ settings: Settings, size: String) async throws -> [Line] {
        guard settings.demonstration else {
            throw CommandFailure("This configuration is not a demonstration's: invented people never go among real ones.")
        }
        guard let size = DemoSize(rawValue: size) else {
            throw CommandFailure("'\(size)' is no size. Choose \(DemoSize.allCases.map(\.rawValue).joined(separator: ", ")).",
                                 kind: .unreadable)
        }
        let file = settings.keys + "/demonstration-sign-ins.json"
        if let known = FileManager.default.contents(atPath: file) {
            return try JSONDecoder().decode([SignIn].self, from: known).map(Line.init)
        }
        let keys = try Keys(directory: settings.keys)
        let signIns = try await asMigrator(settings) { database in
            try await Demonstration.seed(
                size, into: database, ring: keys.ring, index: keys.index, hasher: PasswordHasher(pepper: keys.pepper),
                sealTotp: { secret, account in
                    try Sealed.seal(secret, key: keys.totp, place: .totp(account, in: Demonstration.partnership))
                }, now: Date())
        }
        let made = FileManager.default.createFile(
            atPath: file, contents: try JSONEncoder().encode(signIns), attributes: [.posixPermissions: 0o600])
        if !made { throw CommandFailure("Can't write \(file): the demonstration is seeded, but nobody knows its passwords.") }
        return signIns.map(Line.init)
    }
}

extension DemoCommand.Line {
    init(_ signIn: SignIn) {
        self.init(
            name: signIn.name, email: signIn.email, role: signIn.role, agency: signIn.agency, password: signIn.password,
            totpSecret: signIn.totpSecret,
            code: Base32.decode(signIn.totpSecret).map { Totp(secret: $0).code(at: Date()) } ?? "")
    }
}
