import Foundation
import Pages
import Postgres

/// A new link for somebody who lost the password or the device, made on the server: where no second administrator
/// can confirm one, whoever runs the server is the second person. The log tells that it was made so.
struct RenewedByOperator: Sendable {
    let email: String
    let check: IdentityCheck

    /// Judges what was typed by the rules of the forms.
    init(email: String, check: String) throws(Founding.Refused) {
        var answers = Answers(["email": [email]])
        guard let address = answers.email("email") else {
            throw .init(answers.errors.map(\.message).joined(separator: ". ") + ".", isUsage: true)
        }
        guard let check = IdentityCheck(rawValue: check) else {
            let known = IdentityCheck.allCases.map(\.rawValue).joined(separator: ", ")
            throw .init("--check says how you made sure who is asking: one of \(known).", isUsage: true)
        }
        (self.email, self.check) = (address, check)
    }

    /// Makes the link in the migrator's own transaction, and answers its token. What the account has stays in force
    /// until the link is used; then its sessions end too.
    func carryOut(_ db: isolated Connection, slug: String?) throws -> String {
        try db.takeLoaderRole()
        let place = try Founding.choose(among: try db.partnerships(), slug: slug, partnership: nil)
        guard let account = try db.accountToInvite(email, in: place.id), !account.hasEnded else {
            throw Founding.Refused("\(place.name) has no account of that address that can be used.")
        }
        let token = Token.random()
        try db.addInvitation(token, to: account.id, by: account.id, in: place.id)
        try db.auditSystem(
            .accountInvited, .account, account.id, in: place.id,
            detail: #"{"again":true,"check":"\#(check.rawValue)"}"#)
        return token
    }
}
