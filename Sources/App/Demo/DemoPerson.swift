import Crypto
import Foundation

/// Somebody on record, before it is written down.
struct DemoPerson: Sendable {
    let id: UUID
    /// Index of the agency that holds the record.
    var agency: Int
    var name: DemoName
    /// Earlier and other names: "former" or "alias".
    var otherNames: [(kind: String, name: DemoName)] = []
    /// What the person is; `sex` is what was recorded.
    let isFemale: Bool
    var sex: Sex
    let birth: DemoDay
    /// Whether the date of birth was given; one of the values of `birth_known`.
    var birthKnown = "known"
    let heritages: (given: DemoHeritage, surname: DemoHeritage)
    /// What the person would say; `ethnicity` is what was recorded.
    let group: Ethnicity
    var ethnicity: Ethnicity
    var language = "English"
    var needsInterpreter = false
    /// Index of the area; nil when it was not said.
    var area: Int?
    var isProtected = false
    var phones: [String] = []
    var address: DemoAddress?
    /// Where the person lived before.
    var formerAddress: DemoAddress?
    var safeContacts: [DemoSafeContact] = []
    var created: DemoMoment
    /// Index of the colleague.
    var createdBy: Int

    /// The answer that stands.
    var safeContact: DemoSafeContact? { safeContacts.last }
}

extension DemoGenerator {
    /// Writes a person with everything that hangs on them: names, key, numbers, addresses, safe-contact answers.
    mutating func write(_ person: DemoPerson, _ dice: inout DemoDice) throws {
        people += 1
        let agency = organisations.agencies[person.agency]
        let by = staff.all[person.createdBy].id
        let details = DemoDetails.of(person)
        batch[.person].add(
            person.id, partnership, agency.id, person.name.given, person.name.family,
            person.birthKnown == "known" ? person.birth : nil, person.birthKnown, person.sex.rawValue,
            person.ethnicity.rawValue, person.language, person.needsInterpreter,
            person.area.map { organisations.areas[$0].id }, person.isProtected, person.created, by,
            details.orientation.rawValue, details.religion.rawValue,
            details.disability.rawValue, details.impairment.rawValue, details.gender.rawValue)
        for (kind, name) in [("current", person.name)] + person.otherNames.map({ ($0.kind, $0.name) }) {
            batch[.personName].add(dice.uuid(), partnership, agency.id, person.id, kind, name.given, name.family)
        }
        let (key, wrapped) = sealing.personKey(under: agency.key)
        batch[.personKey].add(person.id, partnership, agency.id, wrapped)
        if documents < Self.mostDocuments { keys[person.id] = key }
        newKeys[person.id] = key
        for phone in person.phones {
            let id = dice.uuid()
            let place = Place(table: "person_phone", column: "number_sealed", row: id, agency: agency.id)
            batch[.personPhone].add(
                id, partnership, agency.id, person.id, try sealing.seal(Data(phone.utf8), key: key, place: place),
                sealing.token(phone, field: "phone"), person.created)
        }
        let today = clock.local(person.created).day
        let moved = today + -dice.within(5...900)
        if let former = person.formerAddress {
            try write(
                former, of: person, key, from: moved + -dice.within(300...4_000), until: moved, isProtected: false,
                &dice)
        }
        if let address = person.address {
            try write(address, of: person, key, from: moved, until: nil, isProtected: person.isProtected, &dice)
        }
        try writeSafeContacts(of: person, key, &dice)
    }

    private mutating func write(
        _ address: DemoAddress, of person: DemoPerson, _ key: SymmetricKey, from: DemoDay, until: DemoDay?,
        isProtected: Bool, _ dice: inout DemoDice
    ) throws {
        let (id, agency) = (dice.uuid(), organisations.agencies[person.agency].id)
        let place = Place(table: "person_address", column: "address_sealed", row: id, agency: agency)
        batch[.personAddress].add(
            id, partnership, agency, person.id, isProtected,
            try sealing.seal(encoder.encode(address), key: key, place: place),
            sealing.token(address.postcode, field: "postcode"),
            isProtected ? nil : sealing.near(address.postcode), from, until, staff.all[person.createdBy].id)
    }

    private mutating func writeSafeContacts(of person: DemoPerson, _ key: SymmetricKey, _ dice: inout DemoDice) throws {
        let agency = organisations.agencies[person.agency].id
        let ids = person.safeContacts.map { _ in dice.uuid() }
        for (index, answer) in person.safeContacts.enumerated() {
            let id = ids[index]
            func seal(_ value: (some Encodable)?, _ column: String) throws -> Data? {
                let place = Place(table: "safe_contact", column: column, row: id, agency: agency)
                return try value.map { try sealing.seal(encoder.encode($0), key: key, place: place) }
            }
            batch[.safeContact].add(
                id, partnership, agency, person.id, answer.rule == nil ? "notYetAsked" : "asked",
                try seal(answer.rule, "rule_sealed"), try seal(answer.detail, "detail_sealed"), answer.holdsUntil,
                answer.askedAt, answer.askedAt + 240, staff.all[answer.by].id,
                index + 1 < ids.count ? ids[index + 1] : nil)
        }
    }
}
