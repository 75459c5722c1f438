import Foundation
import Postgres

extension Connection {
    /// What a text about a person is compared with before it leaves: their addresses and those of everybody around
    /// them, opened to be compared and never shown, their numbers, and the names around them. Two statements, or one
    /// where those `around` are known. Call only after the check's audit has been committed.
    func gateKnowledge(of person: UUID, around: [NearPerson]? = nil, _ visit: Visit) throws -> GateKnowledge {
        let near = try around ?? peopleAround(person)
        var knowledge = GateKnowledge()
        knowledge.open = [visit.viewer.name]
        var names: [UUID: String] = [:]
        for other in near where names.updateValue(other.name, forKey: other.person) == nil {
            knowledge.names.append(GateKnowledge.Known(words: other.name, whose: other.name))
        }
        _ = try all("""
            SELECT f.what, f.id, f.agency_id, f.person_id, f.protected, f.day, f.sealed, f.name, a.master_key_id,
                   a.wrapped AS agency_wrapped, k.wrapped
            FROM ((SELECT 'address' AS what, d.id, d.agency_id, d.person_id, d.protected, d.from_day AS day,
                          d.address_sealed AS sealed, '' AS name
                   FROM app.person_address d WHERE d.person_id = ANY (\(Array(names.keys) + [person])::uuid[])
                   ORDER BY d.from_day DESC, d.id LIMIT 100)
                  UNION ALL
                  (SELECT 'number', n.id, n.agency_id, n.person_id, true, NULL, n.number_sealed, ''
                   FROM app.person_phone n WHERE n.person_id = \(person) ORDER BY n.recorded_at DESC, n.id LIMIT 50)
                  UNION ALL
                  (SELECT 'name', m.id, m.agency_id, m.person_id, false, NULL, NULL,
                          trim(m.given_name || ' ' || m.family_name)
                   FROM app.person_name m WHERE m.person_id = \(person) ORDER BY m.id LIMIT 50)) f
            JOIN app.person_key k ON k.person_id = f.person_id AND k.wrapped IS NOT NULL
            JOIN app.agency_key a ON a.agency_id = k.agency_id
            """) { row in
            let what: String = try row["what"]
            guard let sealed: Data = try row["sealed"] else {
                knowledge.open.append(try row["name"])
                return
            }
            let (id, agency, owner): (UUID, UUID, UUID) = (try row["id"], try row["agency_id"], try row["person_id"])
            let key = try row.personKey(visit)
            guard what == "address" else {
                let place = Place(table: "person_phone", column: "number_sealed", row: id, agency: agency)
                let number = String(decoding: try Sealed.open(sealed, key: key, place: place), as: UTF8.self)
                knowledge.safeNumbers.append(GateKnowledge.Known(words: number, whose: "the person"))
                return
            }
            let bytes = try Sealed.open(sealed, key: key, place: .address(id, agency: agency))
            knowledge.addresses.append(GateKnowledge.KnownAddress(
                address: try JSONDecoder().decode(Address.self, from: bytes), isProtected: try row["protected"],
                whose: names[owner] ?? "the person"))
            if owner == person, let day: Day = try row["day"] { knowledge.movedOn = max(knowledge.movedOn ?? day, day) }
        }
        return knowledge
    }
}
