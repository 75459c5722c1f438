import Crypto
import Foundation
import Postgres

/// An address as a person's page lists it: never the address itself.
struct AddressLine: Sendable {
    let id: UUID
    let isProtected: Bool
    let from: Day
    let until: Day?
}

/// The address, as sealed.
struct Address: Codable, Equatable, Sendable {
    var lines: [String]
    var postcode: String
}

extension Place {
    static func address(_ id: UUID, agency: UUID) -> Place {
        Place(table: "person_address", column: "address_sealed", row: id, agency: agency)
    }
}

extension Connection {
    func addresses(of person: UUID) throws -> [AddressLine] {
        try all("""
            SELECT id, protected, from_day, until_day FROM app.person_address
            WHERE person_id = \(person) ORDER BY from_day DESC, id LIMIT 20
            """) { row in
            AddressLine(
                id: try row["id"], isProtected: try row["protected"], from: try row["from_day"],
                until: try row["until_day"])
        }
    }

    func addAddress(_ id: UUID, _ form: AddressForm, of person: Person, _ visit: Visit) throws {
        guard let key = try personKey(person.id, visit) else { throw Refusal.notFound }
        let sealed = try Sealed.seal(
            JSONEncoder().encode(form.address), key: key, place: .address(id, agency: person.agency))
        // A protected address can't be found by its postcode either.
        let index = visit.services.keys.index
        let token = form.isProtected ? nil : index.token(for: form.address.postcode, field: "postcode")
        let near = form.isProtected ? nil : index.near(form.address.postcode)
        try run("""
            INSERT INTO app.person_address (id, partnership_id, agency_id, person_id, protected, address_sealed,
                                            postcode_token, near, from_day, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(form.isProtected), \(sealed),
                    \(token), \(near), \(visit.today), \(visit.viewer.account))
            """)
    }

    /// Opens one address. Call only after the reveal's audit has been committed.
    func address(_ id: UUID, of person: UUID, _ visit: Visit) throws -> Address? {
        let found = try first("""
            SELECT agency_id, address_sealed FROM app.person_address WHERE id = \(id) AND person_id = \(person)
            """) { row in (agency: try row["agency_id"] as UUID, sealed: try row["address_sealed"] as Data) }
        guard let found, let key = try personKey(person, visit) else { return nil }
        let bytes = try Sealed.open(found.sealed, key: key, place: .address(id, agency: found.agency))
        return try JSONDecoder().decode(Address.self, from: bytes)
    }
}
