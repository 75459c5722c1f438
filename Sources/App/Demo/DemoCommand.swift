import Foundation
import Postgres

/// `drystone demo`: fills an empty database with the invented partnership, once, and tells how its people sign in.
public enum DemoCommand {
    /// How one of the cast signs in.
    public struct Line: Sendable {
        /// The invented person.
        public let name: String
        /// What they sign in with.
        public let email: String
        /// As people say it: "Helpline worker".
        public let role: String
        /// Where they work.
        public let agency: String
        /// Their password.
        public let password: String
        /// Their authenticator's secret, in base 32.
        public let totpSecret: String
        /// The code of this moment.
        public let code: String
    }

    /// The sizes there are.
    public static var sizes: [String] { DemoSize.allCases.map(\.rawValue) }

    /// Seeds when nothing is seeded yet; a second run only reads how the cast signs in.
    public static func run(_ settings: Settings, size: String) async throws -> [Line] {
        guard settings.demonstration else {
            throw CommandFailure(
                "This configuration is not a demonstration's (demonstration = true): invented people never go among "
                    + "real ones.")
        }
        guard let size = DemoSize(rawValue: size) else {
            throw CommandFailure("'\(size)' is no size. Choose \(sizes.joined(separator: ", ")).", kind: .unreadable)
        }
        let keys = try Keys(directory: settings.keys)
        let file = signInsFile(settings)
        return try await asMigrator(settings) { database in
            try await Schema.requireCurrent(database)
            let held = try await database.transaction(readOnly: true) { db in
                try db.takeLoaderRole()
                return try db.partnerships()
            }
            if !held.isEmpty { return try known(held, size, file) }
            let signIns = try await seed(size, into: database, keys)
            try save(signIns, in: file)
            let upkeep = try await Connection.open(settings.database(as: "migrator"))
            try await upkeep.tidyDemonstration()
            await upkeep.close()
            return signIns
        }.map(Line.init)
    }

    private static func signInsFile(_ settings: Settings) -> String { settings.keys + "/demonstration-sign-ins.json" }

    /// How the cast signs in, for the benchmark; none where there is no demonstration.
    static func cast(_ settings: Settings) -> [SignIn] {
        let bytes = FileManager.default.contents(atPath: signInsFile(settings)) ?? Data()
        return (try? JSONDecoder().decode([SignIn].self, from: bytes)) ?? []
    }

    private static func seed(_ size: DemoSize, into database: Database, _ keys: Keys) async throws -> [SignIn] {
        do {
            return try await Demonstration.seed(
                size, into: database, ring: keys.ring.ring, index: keys.index, referralKey: keys.referral,
                hasher: PasswordHasher(pepper: keys.pepper),
                sealTotp: { secret, account in
                    try Sealed.seal(secret, key: keys.totp, place: .totp(account, in: Demonstration.partnership))
                }, now: Date())
        } catch let refused as Demonstration.Refused {
            throw CommandFailure(refused.description)
        }
    }

    /// What an earlier run wrote down of the demonstration that the database holds.
    private static func known(_ held: [FoundPartnership], _ size: DemoSize, _ file: String) throws -> [SignIn] {
        guard held.map(\.id) == [Demonstration.partnership] else {
            throw CommandFailure(Demonstration.Refused.notEmpty.description)
        }
        guard held[0].slug == size.rawValue else {
            throw CommandFailure(
                "The database holds the demonstration of size \(held[0].slug). "
                    + "Empty it first: ./drystone demo --reset.")
        }
        guard let bytes = FileManager.default.contents(atPath: file),
            let signIns = try? JSONDecoder().decode([SignIn].self, from: bytes) else {
            throw CommandFailure(
                "The demonstration is there, but \(file), which says how its people sign in, is not or can't be read. "
                    + "Fill it anew: ./drystone demo --reset.")
        }
        return signIns
    }

    /// For its owner alone, whole or not at all.
    private static func save(_ signIns: [SignIn], in file: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let partial = file + ".partial"
        let isMade = FileManager.default.createFile(
            atPath: partial, contents: try encoder.encode(signIns), attributes: [.posixPermissions: 0o600])
        guard isMade, rename(partial, file) == 0 else {
            throw CommandFailure(
                "The demonstration is filled, but \(file) can't be written, so nobody knows how to sign in. Make room "
                    + "and fill it anew: ./drystone demo --reset.")
        }
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
