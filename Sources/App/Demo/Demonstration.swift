import Crypto
import Foundation
import Postgres

/// How one of the demonstration's cast signs in. Printed by the launcher; worth nothing outside the demonstration.
struct SignIn: Codable, Equatable, Sendable {
    let name: String
    let email: String
    /// As people say it: "Helpline worker".
    let role: String
    let agency: String
    let password: String
    /// Base 32, as authenticator apps take it. Random at every seeding.
    let totpSecret: String
}

/// The demonstration partnership: the agencies, volumes and shapes of the source documents, with invented people.
///
/// The same people whenever it is seeded, with dates counted back from that day. Nothing in it belongs to anybody:
/// telephone numbers are Ofcom's for drama, postcodes lie in no postal area, names of real people are avoided.
enum Demonstration {
    /// The partnership's identifier, the same in every demonstration.
    static let partnership: UUID = {
        var dice = DemoDice(.plan, -4)
        return dice.uuid()
    }()

    /// Why it was not seeded.
    enum Refused: Error, CustomStringConvertible {
        /// Invented people never go among real ones.
        case notEmpty

        var description: String {
            "This database already holds a partnership. The demonstration needs an empty one: invented people are "
                + "never put among real ones."
        }
    }

    /// Fills an empty database, all or nothing, in one transaction.
    ///
    /// `database` is connected as the migrator, who may become the loader and the owner. `sealTotp` seals a secret for
    /// an account of `Demonstration.partnership`, as signing in expects it. Answers how the cast signs in.
    static func seed(
        _ size: DemoSize, into database: Database, ring: KeyRing, index: BlindIndex,
        referralKey: SymmetricKey, hasher: PasswordHasher,
        sealTotp: @Sendable (_ secret: Data, _ account: UUID) throws -> Data, now: Date
    ) async throws -> [SignIn] {
        let vault = DemoVault(ring: ring, index: index, referralKey: referralKey)
        let generator = DemoGenerator(size, now: now, sealing: vault)
        var signIns: [SignIn] = []
        var doors: [UUID: DemoDoor] = [:]
        for (place, colleague) in generator.staff.all.enumerated() where colleague.canSignIn {
            let (password, totp) = (DemoPasswords.password(place), Totp.generate())
            doors[colleague.id] = DemoDoor(
                passwordHash: try await hasher.hash(password), totpSealed: try sealTotp(totp.secret, colleague.id))
            signIns.append(
                SignIn(
                    name: colleague.fullName, email: colleague.email, role: colleague.role.label,
                    agency: generator.organisations.agencies[colleague.agency].name, password: password,
                    totpSecret: Base32.encode(totp.secret)))
        }
        let opened = doors
        try await database.transaction { db in
            try db.prepareToLoad()
            try db.becomeLoader()
            if try db.hasPartnership() { throw Refused.notEmpty }
            var isFirst = true
            try DemoPipe.run { put in
                var generator = generator
                try generator.run(doors: opened, put)
            } sending: { batch in
                for (table, rows) in batch.filled { try db.load(rows, into: table) }
                guard isFirst else { return }
                isFirst = false
                try db.analyseDemonstration()
                try db.becomeLoader()
            }
            try db.tieContactsToCases()
            try db.analyseDemonstration()
            try db.becomeLoader()
            try DemoFigures(generator, now: now).write(db)
            try DemoDataCall(generator, now: now).write(db)
            try db.settleNameIndex()
            try db.analyseDemonstration()
        }
        return signIns
    }
}
